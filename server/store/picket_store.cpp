#include "server/store/picket_store.hpp"

#include <tuple>

namespace walkout::store {
namespace {

using strike::EntranceNumber;
using strike::PostNumber;
using strike::SiteNumber;

template <class Number> std::int64_t raw(Number number) { return static_cast<std::int64_t>(number); }

constexpr int site_columns = 8;
constexpr std::string_view site_list = "s.number, s.name, s.address, s.employer, s.workplace, s.latitude, s.longitude, s.public, s.notes";
constexpr std::string_view post_list =
    "p.number, p.entrance, p.role, p.starts, p.starts_later, p.ends, p.ends_later, p.needed, p.places, p.over_six_reason";

strike::Site site(const Statement& row, int at)
{
    strike::Site out{.number = SiteNumber{row.integer(at)},
                     .name = row.text(at + 1),
                     .address = row.text(at + 2),
                     .workplace = std::nullopt,
                     .coordinates = std::nullopt,
                     .is_public = row.boolean(at + 7),
                     .notes = row.text(at + 8)};
    if (!row.null(at + 3)) out.workplace = strike::Workplace{row.text(at + 3), row.text(at + 4)};
    if (!row.null(at + 5)) out.coordinates = strike::Coordinates{row.real(at + 5), row.real(at + 6)};
    return out;
}

strike::Post post(const Statement& row, int at)
{
    const auto moment = [&](int column) {
        return strike::Moment{parse_wall(row.text(column)).value(), row.boolean(column + 1) ? Zone::Repeated::later : Zone::Repeated::earlier};
    };
    return {.number = PostNumber{row.integer(at)},
            .entrance = EntranceNumber{row.integer(at + 1)},
            .role = row.named<strike::PostRole>(at + 2),
            .from = moment(at + 3),
            .to = moment(at + 5),
            .needed = row.integer(at + 7),
            .places = row.integer(at + 8),
            .over_six_reason = row.text(at + 9)};
}

// A place: walkout, branch, the site, the entrance's name, the post.
const std::string place_columns = "s.walkout, s.branch, " + std::string(site_list) + ", e.name, " + std::string(post_list);
constexpr std::string_view place_tables =
    " FROM picket_post p JOIN picket_entrance e ON e.number = p.entrance JOIN picket_site s ON s.number = e.site ";
constexpr int entrance_name_column = 2 + site_columns + 1;
constexpr int post_column = entrance_name_column + 1;

PostPlace place(const Statement& row)
{
    auto where = site(row, 2);
    auto what = post(row, post_column);
    strike::Entrance entrance{.number = what.entrance, .site = where.number, .name = row.text(entrance_name_column)};
    return {row.id<WalkoutId>(0), row.text(1), std::move(where), std::move(entrance), std::move(what)};
}

void advance(WriteTx& tx, const strike::Plan& plan)
{
    if (plan.version == 0)
        tx.prepare("INSERT INTO picket_plan (walkout, branch, version) VALUES (?, ?, 1)").bind(plan.walkout, plan.branch).change_one_row();
    else
        tx.prepare("UPDATE picket_plan SET version = version + 1 WHERE walkout = ? AND branch = ? AND version = ?")
            .bind(plan.walkout, plan.branch, plan.version)
            .change_one_row();
}

} // namespace

strike::Plan picket_plan(const ReadTx& tx, const WalkoutId& walkout, const std::string& branch)
{
    const auto version =
        tx.prepare("SELECT version FROM picket_plan WHERE walkout = ? AND branch = ?").bind(walkout, branch).first([](const Statement& row) {
            return row.integer(0);
        });
    strike::Plan plan{.walkout = walkout, .branch = branch, .version = version.value_or(0), .sites = {}, .entrances = {}, .posts = {}};
    plan.sites = tx.prepare("SELECT " + std::string(site_list) + " FROM picket_site s WHERE walkout = ? AND branch = ? ORDER BY number")
                     .bind(walkout, branch)
                     .all([](const Statement& row) { return site(row, 0); });
    plan.entrances = tx.prepare("SELECT e.number, e.site, e.name FROM picket_entrance e JOIN picket_site s ON s.number = e.site"
                                " WHERE s.walkout = ? AND s.branch = ? ORDER BY e.number")
                         .bind(walkout, branch)
                         .all([](const Statement& row) {
                             return strike::Entrance{EntranceNumber{row.integer(0)}, SiteNumber{row.integer(1)}, row.text(2)};
                         });
    plan.posts = tx.prepare("SELECT " + std::string(post_list) + std::string(place_tables) +
                            "WHERE s.walkout = ? AND s.branch = ? ORDER BY p.starts, p.starts_later, p.number")
                     .bind(walkout, branch)
                     .all([](const Statement& row) { return post(row, 0); });
    return plan;
}

strike::Site add_site(WriteTx& tx, const strike::Plan& plan, strike::Site site)
{
    advance(tx, plan);
    std::optional<std::string> employer, workplace;
    std::optional<double> latitude, longitude;
    if (site.workplace) std::tie(employer, workplace) = std::pair(site.workplace->employer, site.workplace->name);
    if (site.coordinates) std::tie(latitude, longitude) = std::pair(site.coordinates->latitude, site.coordinates->longitude);
    const auto number =
        tx.prepare("INSERT INTO picket_site (walkout, branch, name, address, employer, workplace, latitude, longitude, public, notes)"
                   " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) RETURNING number")
            .bind(plan.walkout, plan.branch, site.name, site.address, employer, workplace, latitude, longitude, site.is_public, site.notes)
            .number();
    site.number = SiteNumber{number};
    return site;
}

strike::Entrance add_entrance(WriteTx& tx, const strike::Plan& plan, strike::Entrance entrance)
{
    advance(tx, plan);
    const auto number =
        tx.prepare("INSERT INTO picket_entrance (site, name) VALUES (?, ?) RETURNING number").bind(raw(entrance.site), entrance.name).number();
    entrance.number = EntranceNumber{number};
    return entrance;
}

strike::Post add_post(WriteTx& tx, const strike::Plan& plan, strike::Post post)
{
    advance(tx, plan);
    const auto later = [](const strike::Moment& moment) { return moment.repeated == Zone::Repeated::later; };
    const auto number = tx.prepare("INSERT INTO picket_post (entrance, role, starts, starts_later, ends, ends_later, needed, places, over_six_reason)"
                                   " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) RETURNING number")
                            .bind(raw(post.entrance), post.role, text(post.from.wall), later(post.from), text(post.to.wall), later(post.to),
                                  post.needed, post.places, post.over_six_reason)
                            .number();
    post.number = PostNumber{number};
    return post;
}

std::optional<PostPlace> find_post(const ReadTx& tx, PostNumber number)
{
    return tx.prepare("SELECT " + place_columns + std::string(place_tables) + "WHERE p.number = ?").bind(raw(number)).first(place);
}

std::vector<PostPlace> public_posts(const ReadTx& tx, const WalkoutId& walkout)
{
    return tx
        .prepare("SELECT " + place_columns + std::string(place_tables) +
                 "WHERE s.walkout = ? AND s.public = 1 ORDER BY p.starts, p.starts_later, p.number")
        .bind(walkout)
        .all(place);
}

std::vector<strike::Site> public_sites(const ReadTx& tx, const WalkoutId& walkout)
{
    return tx.prepare("SELECT " + std::string(site_list) + " FROM picket_site s WHERE s.walkout = ? AND s.public = 1 ORDER BY s.number")
        .bind(walkout)
        .all([](const Statement& row) { return site(row, 0); });
}

std::int64_t places_taken(const ReadTx& tx, PostNumber post)
{
    return tx.prepare("SELECT count(*) FROM picket_sign_up WHERE post = ? AND cancelled = 0").bind(raw(post)).number();
}

std::vector<SignedUp> people_on_posts(const ReadTx& tx, const WalkoutId& walkout, const std::string& branch)
{
    return tx
        .prepare("SELECT u.post, m.number, m.name" + std::string(place_tables) +
                 "JOIN picket_sign_up u ON u.post = p.number JOIN member m ON m.number = u.member"
                 " WHERE s.walkout = ? AND s.branch = ? AND u.cancelled = 0 ORDER BY u.post, m.name, m.number")
        .bind(walkout, branch)
        .all([](const Statement& row) {
            return SignedUp{PostNumber{row.integer(0)}, row.text(1), row.text(2)};
        });
}

std::optional<strike::SignUp> find_sign_up(const ReadTx& tx, PostNumber post, const std::string& member)
{
    return tx.prepare("SELECT cancelled, sequence FROM picket_sign_up WHERE post = ? AND member = ?")
        .bind(raw(post), member)
        .first([&](const Statement& row) {
            return strike::SignUp{.post = post, .member = member, .cancelled = row.boolean(0), .sequence = row.integer(1)};
        });
}

std::vector<MySignUp> sign_ups_of(const ReadTx& tx, const std::string& member)
{
    constexpr int sign_up_column = post_column + 10;
    return tx
        .prepare("SELECT " + place_columns + ", u.cancelled, u.sequence" + std::string(place_tables) +
                 "JOIN picket_sign_up u ON u.post = p.number WHERE u.member = ? ORDER BY p.starts, p.starts_later, p.number")
        .bind(member)
        .all([&](const Statement& row) {
            auto where = place(row);
            const strike::SignUp sign_up{where.post.number, member, row.boolean(sign_up_column), row.integer(sign_up_column + 1)};
            return MySignUp{sign_up, std::move(where)};
        });
}

void put_sign_up(WriteTx& tx, const strike::SignUp& sign_up)
{
    tx.prepare("INSERT INTO picket_sign_up (post, member, cancelled, sequence) VALUES (?1, ?2, ?3, ?4)"
               " ON CONFLICT (post, member) DO UPDATE SET cancelled = ?3, sequence = ?4")
        .bind(raw(sign_up.post), sign_up.member, sign_up.cancelled, sign_up.sequence)
        .change_one_row();
}

} // namespace walkout::store
