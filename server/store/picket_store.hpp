#pragma once

#include "server/store/sqlite.hpp"
#include "shared/strike/picket.hpp"

#include <map>

namespace walkout::store {

/// A branch's plan; of version 0 and empty where nobody has begun one.
strike::Plan picket_plan(const ReadTx& tx, const WalkoutId& walkout, const std::string& branch);
/// With what was removed since but has lines of somebody's list: for attendance, never for editing.
strike::Plan attended_plan(const ReadTx& tx, const WalkoutId& walkout, const std::string& branch);

/// Add to a plan as it was read: the plan's version goes up by one, or this throws if it is no longer the stored one. They return what
/// they added, with its number.
strike::Site add_site(WriteTx& tx, const strike::Plan& plan, strike::Site site);
strike::Entrance add_entrance(WriteTx& tx, const strike::Plan& plan, strike::Entrance entrance);
strike::Post add_post(WriteTx& tx, const strike::Plan& plan, strike::Post post);
void add_posts(WriteTx& tx, const strike::Plan& plan, std::vector<strike::Post>& posts); ///< one edit; each gets its number

// Change or remove, as one edit each. What is removed takes all in it out of sight; sign-ups there are the caller's to cancel first.
void change_site(WriteTx& tx, const strike::Plan& plan, const strike::Site& site);
void change_entrance(WriteTx& tx, const strike::Plan& plan, const strike::Entrance& entrance); ///< its site stays
void change_post(WriteTx& tx, const strike::Plan& plan, const strike::Post& post);             ///< its entrance stays
void remove_site(WriteTx& tx, const strike::Plan& plan, strike::SiteNumber site);
void remove_entrance(WriteTx& tx, const strike::Plan& plan, strike::EntranceNumber entrance);
void remove_post(WriteTx& tx, const strike::Plan& plan, strike::PostNumber post);
void set_organiser(WriteTx& tx, const strike::Plan& plan, const std::vector<strike::PostNumber>& posts, const std::string& member);
void set_contact(WriteTx& tx, const strike::Plan& plan, const std::string& contact);
void put_published(WriteTx& tx, const strike::Plan& plan, Instant now); ///< no edit: the version stands, or this throws

strike::PicketSettings picket_settings(const ReadTx& tx); ///< the defaults, of version 0, where none are stored
void put_picket_settings(WriteTx& tx, const strike::PicketSettings& settings);

/// A post and where it stands.
struct PostPlace {
    WalkoutId walkout;
    std::string branch;
    strike::Site site;
    strike::Entrance entrance;
    strike::Post post;
};
bool post_was_planned(const ReadTx& tx, strike::PostNumber number); ///< and may have been removed since
/// Not one that was removed.
std::optional<PostPlace> find_post(const ReadTx& tx, strike::PostNumber number);
std::vector<PostPlace> public_posts(const ReadTx& tx, const WalkoutId& walkout);    ///< those at public sites, soonest first
std::vector<strike::Site> public_sites(const ReadTx& tx, const WalkoutId& walkout); ///< with or without posts, by number

// Sign-ups that are not cancelled.
std::int64_t places_taken(const ReadTx& tx, strike::PostNumber post);
struct SignedUp {
    strike::PostNumber post;
    std::string number;
    std::string name;
    std::string email; ///< empty where the register has none
};
std::vector<SignedUp> people_on_posts(const ReadTx& tx, const WalkoutId& walkout, const std::string& branch);
std::vector<SignedUp> people_of_walkout(const ReadTx& tx, const WalkoutId& walkout);     ///< every branch's, by member
std::vector<SignedUp> organisers_of_walkout(const ReadTx& tx, const WalkoutId& walkout); ///< every post that has one, by member
std::vector<SignedUp> people_on_post(const ReadTx& tx, strike::PostNumber post);

/// What a member is in charge of, in every walkout; soonest first.
std::vector<PostPlace> organised_by(const ReadTx& tx, const std::string& member);

// Sign-ups of one member, cancelled ones too.
std::optional<strike::SignUp> find_sign_up(const ReadTx& tx, strike::PostNumber post, const std::string& member);
struct MySignUp {
    strike::SignUp sign_up;
    PostPlace place;
};
std::vector<MySignUp> sign_ups_of(const ReadTx& tx, const std::string& member); ///< soonest first
void put_sign_up(WriteTx& tx, const strike::SignUp& sign_up);

} // namespace walkout::store
