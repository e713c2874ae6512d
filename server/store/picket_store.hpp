#pragma once

#include "server/store/sqlite.hpp"
#include "shared/strike/picket.hpp"

#include <map>

namespace walkout::store {

/// A branch's plan; of version 0 and empty where nobody has begun one.
strike::Plan picket_plan(const ReadTx& tx, const WalkoutId& walkout, const std::string& branch);

/// Add to a plan as it was read: the plan's version goes up by one, or this throws if it is no longer the stored one. They return what
/// they added, with its number.
strike::Site add_site(WriteTx& tx, const strike::Plan& plan, strike::Site site);
strike::Entrance add_entrance(WriteTx& tx, const strike::Plan& plan, strike::Entrance entrance);
strike::Post add_post(WriteTx& tx, const strike::Plan& plan, strike::Post post);

/// A post and where it stands.
struct PostPlace {
    WalkoutId walkout;
    std::string branch;
    strike::Site site;
    strike::Entrance entrance;
    strike::Post post;
};
std::optional<PostPlace> find_post(const ReadTx& tx, strike::PostNumber number);
std::vector<PostPlace> public_posts(const ReadTx& tx, const WalkoutId& walkout);    ///< those at public sites, soonest first
std::vector<strike::Site> public_sites(const ReadTx& tx, const WalkoutId& walkout); ///< with or without posts, by number

// Sign-ups that are not cancelled.
std::int64_t places_taken(const ReadTx& tx, strike::PostNumber post);
struct SignedUp {
    strike::PostNumber post;
    std::string number;
    std::string name;
};
std::vector<SignedUp> people_on_posts(const ReadTx& tx, const WalkoutId& walkout, const std::string& branch);

// Sign-ups of one member, cancelled ones too.
std::optional<strike::SignUp> find_sign_up(const ReadTx& tx, strike::PostNumber post, const std::string& member);
struct MySignUp {
    strike::SignUp sign_up;
    PostPlace place;
};
std::vector<MySignUp> sign_ups_of(const ReadTx& tx, const std::string& member); ///< soonest first
void put_sign_up(WriteTx& tx, const strike::SignUp& sign_up);

} // namespace walkout::store
