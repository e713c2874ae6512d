#pragma once

#include "shared/base/id.hpp"
#include "shared/wire/codec.hpp"

#include <optional>
#include <string>
#include <vector>

namespace walkout::wire {

// What a co-chair plans a branch's pickets with.

/// POST .../plans/{branch}/copy: the walkout whose sites and entrances are taken over.
struct CopyAsked {
    WalkoutId from = *WalkoutId::parse("unnamed");
};
template <class V> void describe(V& v, CopyAsked& m) { v("from", m.from); }

struct PlanCopied {
    std::int64_t sites = 0;
    std::int64_t entrances = 0;
    std::vector<std::string> left_out; ///< sites whose workplace is not called out in this walkout
    std::int64_t version = 0;
};
template <class V> void describe(V& v, PlanCopied& m)
{
    v("sites", m.sites);
    v("entrances", m.entrances);
    v("left_out", m.left_out);
    v("version", m.version);
}

/// PUT .../entrances/{entrance}/organiser
struct OrganiserAsked {
    std::string member; ///< number
};
template <class V> void describe(V& v, OrganiserAsked& m) { v("member", m.member); }

struct NotThere {
    std::int64_t post = 0;
    std::string why;
};
template <class V> void describe(V& v, NotThere& m)
{
    v("post", m.post);
    v("why", m.why);
}

struct OrganiserNamed {
    std::vector<std::int64_t> posts;
    std::vector<NotThere> not_there; ///< posts that still need somebody
    std::int64_t version = 0;
};
template <class V> void describe(V& v, OrganiserNamed& m)
{
    v("posts", m.posts);
    v("not_there", m.not_there);
    v("version", m.version);
}

/// PUT .../contact: a name and a telephone number, printed on the branch's papers; empty for none.
struct PicketContact {
    std::string contact;
};
template <class V> void describe(V& v, PicketContact& m) { v("contact", m.contact); }

struct WorkplaceView {
    std::string employer;
    std::string workplace;
    std::string address;
};
template <class V> void describe(V& v, WorkplaceView& m)
{
    v("employer", m.employer);
    v("workplace", m.workplace);
    v("address", m.address);
}

struct WorkplaceList {
    std::vector<WorkplaceView> workplaces;
};
template <class V> void describe(V& v, WorkplaceList& m) { v("workplaces", m.workplaces); }

/// POST /api/v1/branches/{branch}/members/search: in a body, so that no name stands in an address.
struct MemberAsked {
    std::string name; ///< letters of it, two at least
};
template <class V> void describe(V& v, MemberAsked& m) { v("name", m.name); }

struct FoundMember {
    std::string number;
    std::string name;
    std::string employer;
    std::string workplace;
};
template <class V> void describe(V& v, FoundMember& m)
{
    v("number", m.number);
    v("name", m.name);
    v("employer", m.employer);
    v("workplace", m.workplace);
}

struct FoundMembers {
    std::vector<FoundMember> members;
    bool more = false; ///< than are shown
};
template <class V> void describe(V& v, FoundMembers& m)
{
    v("members", m.members);
    v("more", m.more);
}

} // namespace walkout::wire
