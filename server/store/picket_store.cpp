#include "server/store/picket_store.hpp"

#include <tuple>

namespace walkout::store {
namespace {

using strike::EntranceNumber;
using strike::PostNumber;
using strike::SiteNumber;

template <class Number> std::int64_t raw(Number number) { return static_cast<std::int64_t>(number); }

constexpr int site_columns = 14;
constexpr int post_columns = 12;
constexpr std::string_view site_list = "s.number, s.name, s.address, s.employer, s.workplace, s.latitude, s.longitude, s.public, s.notes, "
                                       "s.supervisor_name, s.supervisor_contact, s.supervisor_letter, s.supervisor_police, s.elsewhere_reason";
constexpr std::string_view post_list =
    "p.number, p.entrance, p.role, p.starts, p.starts_later, p.ends, p.ends_later, p.needed, p.places, p.over_six_reason, p.organiser, p.lone_risk";

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
    if (!row.null(at + 9)) out.supervisor = strike::Supervisor{row.text(at + 9), row.text(at + 10), row.text(at + 11), row.text(at + 12)};
    if (!row.null(at + 5)) out.coordinates = strike::Coordinates{row.real(at + 5), row.real(at + 6)};
    out.elsewhere_reason = row.text(at + 13);
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
            .over_six_reason = row.text(at + 9),
            .organiser = row.text(at + 10),
            .lone_risk = row.text(at + 11)};
}

// A place: walkout, branch, the site, the entrance's name, the post.
const std::string place_columns = "s.walkout, s.branch, " + std::string(site_list) + ", e.name, " + std::string(post_list);
constexpr std::string_view place_tables =
    " FROM picket_post p JOIN picket_entrance e ON e.number = p.entrance JOIN picket_site s ON s.number = e.site ";
constexpr int entrance_name_column = 2 + site_columns;
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

constexpr std::int64_t every_day = 127;

std::int64_t days_mask(const strike::Entrance& entrance)
{
    if (!entrance.hours || entrance.hours->days.empty()) return every_day;
    std::int64_t mask = 0;
    for (const auto day : entrance.hours->days) mask |= std::int64_t{1} << static_cast<int>(day);
    return mask;
}

/// Columns opens, closes, days.
strike::OpeningHours opening_hours(const Statement& row, int at)
{
    strike::OpeningHours hours{std::chrono::minutes(row.integer(at)), std::chrono::minutes(row.integer(at + 1)), {}};
    if (hours.closes <= hours.opens) hours.closes += Days(1); // after midnight
    const auto mask = row.integer(at + 2);
    for (int day = 0; mask != every_day && day < 7; ++day)
        if ((mask >> day & 1) != 0) hours.days.push_back(strike::Weekday{day});
    return hours;
}

/// `gone` is SQL that lets rows pass which were removed.
strike::Plan plan_of(const ReadTx& tx, const WalkoutId& walkout, const std::string& branch, const std::string& site_gone,
                     const std::string& entrance_gone, const std::string& post_gone)
{
    strike::Plan plan{.walkout = walkout, .branch = branch, .version = 0, .sites = {}, .entrances = {}, .posts = {}};
    for (const auto& row : tx.prepare("SELECT version, published_version, published_at, contact FROM picket_plan WHERE walkout = ? AND branch = ?")
                               .bind(walkout, branch)) {
        plan.version = row.integer(0);
        plan.published_version = row.integer(1);
        plan.published_at = row.instant(2);
        plan.contact = row.text(3);
    }
    plan.sites = tx.prepare("SELECT " + std::string(site_list) + " FROM picket_site s WHERE walkout = ? AND branch = ? AND (removed = 0" + site_gone +
                            ") ORDER BY number")
                     .bind(walkout, branch)
                     .all([](const Statement& row) { return site(row, 0); });
    plan.entrances =
        tx.prepare("SELECT e.number, e.site, e.name, e.opens, e.closes, e.days FROM picket_entrance e JOIN picket_site s ON s.number = e.site"
                   " WHERE s.walkout = ? AND s.branch = ? AND (e.removed = 0" +
                   entrance_gone + ") ORDER BY e.number")
            .bind(walkout, branch)
            .all([](const Statement& row) {
                strike::Entrance entrance{EntranceNumber{row.integer(0)}, SiteNumber{row.integer(1)}, row.text(2)};
                if (!row.null(3)) entrance.hours = opening_hours(row, 3);
                return entrance;
            });
    plan.posts = tx.prepare("SELECT " + std::string(post_list) + std::string(place_tables) +
                            "WHERE s.walkout = ? AND s.branch = ? AND (p.removed = 0" + post_gone + ") ORDER BY p.starts, p.starts_later, p.number")
                     .bind(walkout, branch)
                     .all([](const Statement& row) { return post(row, 0); });
    return plan;
}

} // namespace

strike::Plan picket_plan(const ReadTx& tx, const WalkoutId& walkout, const std::string& branch) { return plan_of(tx, walkout, branch, "", "", ""); }

strike::Plan attended_plan(const ReadTx& tx, const WalkoutId& walkout, const std::string& branch)
{
    const std::string attended = " OR EXISTS (SELECT 1 FROM picket_check_in c JOIN picket_post x ON x.number = c.post"
                                 " JOIN picket_entrance y ON y.number = x.entrance WHERE ";
    return plan_of(tx, walkout, branch, attended + "y.site = s.number)", attended + "y.number = e.number)", attended + "x.number = p.number)");
}

namespace {

/// The values of a site's row from name to the police told of its supervisor.
template <class Use> auto with_site_values(const strike::Site& site, Use use)
{
    const auto& workplace = site.workplace;
    const auto& at = site.coordinates;
    const auto& supervisor = site.supervisor;
    const auto of = [](const auto& part, auto member) { return part ? std::optional((*part).*member) : std::nullopt; };
    return use(site.name, site.address, of(workplace, &strike::Workplace::employer), of(workplace, &strike::Workplace::name),
               of(at, &strike::Coordinates::latitude), of(at, &strike::Coordinates::longitude), site.is_public, site.notes,
               of(supervisor, &strike::Supervisor::name), of(supervisor, &strike::Supervisor::contact), of(supervisor, &strike::Supervisor::letter),
               of(supervisor, &strike::Supervisor::police_told), site.elsewhere_reason);
}

std::optional<std::int64_t> opens(const strike::Entrance& entrance)
{
    return entrance.hours ? std::optional(entrance.hours->opens.count()) : std::nullopt;
}
std::optional<std::int64_t> closes(const strike::Entrance& entrance)
{
    if (!entrance.hours) return std::nullopt;
    const auto closes = entrance.hours->closes;
    return (closes > Days(1) ? closes - Days(1) : closes).count();
}
bool later(const strike::Moment& moment) { return moment.repeated == Zone::Repeated::later; }

} // namespace

strike::Site add_site(WriteTx& tx, const strike::Plan& plan, strike::Site site)
{
    advance(tx, plan);
    const auto number = with_site_values(site, [&](const auto&... values) {
        return tx
            .prepare("INSERT INTO picket_site (walkout, branch, name, address, employer, workplace, latitude, longitude, public, notes,"
                     " supervisor_name, supervisor_contact, supervisor_letter, supervisor_police, elsewhere_reason)"
                     " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) RETURNING number")
            .bind(plan.walkout, plan.branch, values...)
            .number();
    });
    site.number = SiteNumber{number};
    return site;
}

void change_site(WriteTx& tx, const strike::Plan& plan, const strike::Site& site)
{
    advance(tx, plan);
    with_site_values(site, [&](const auto&... values) {
        tx.prepare(
              "UPDATE picket_site SET name = ?, address = ?, employer = ?, workplace = ?, latitude = ?, longitude = ?, public = ?, notes = ?,"
              " supervisor_name = ?, supervisor_contact = ?, supervisor_letter = ?, supervisor_police = ?, elsewhere_reason = ? WHERE number = ?")
            .bind(values..., raw(site.number))
            .change_one_row();
    });
}

strike::Entrance add_entrance(WriteTx& tx, const strike::Plan& plan, strike::Entrance entrance)
{
    advance(tx, plan);
    const auto number = tx.prepare("INSERT INTO picket_entrance (site, name, opens, closes, days) VALUES (?, ?, ?, ?, ?) RETURNING number")
                            .bind(raw(entrance.site), entrance.name, opens(entrance), closes(entrance), days_mask(entrance))
                            .number();
    entrance.number = EntranceNumber{number};
    return entrance;
}

void change_entrance(WriteTx& tx, const strike::Plan& plan, const strike::Entrance& entrance)
{
    advance(tx, plan);
    tx.prepare("UPDATE picket_entrance SET name = ?, opens = ?, closes = ?, days = ? WHERE number = ?")
        .bind(entrance.name, opens(entrance), closes(entrance), days_mask(entrance), raw(entrance.number))
        .change_one_row();
}

strike::Post add_post(WriteTx& tx, const strike::Plan& plan, strike::Post post)
{
    std::vector<strike::Post> posts{std::move(post)};
    add_posts(tx, plan, posts);
    return std::move(posts.front());
}

void add_posts(WriteTx& tx, const strike::Plan& plan, std::vector<strike::Post>& posts)
{
    advance(tx, plan);
    for (auto& post : posts) {
        const auto number =
            tx.prepare("INSERT INTO picket_post (entrance, role, starts, starts_later, ends, ends_later, needed, places, over_six_reason, organiser,"
                       " lone_risk) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) RETURNING number")
                .bind(raw(post.entrance), post.role, text(post.from.wall), later(post.from), text(post.to.wall), later(post.to), post.needed,
                      post.places, post.over_six_reason, post.organiser, post.lone_risk)
                .number();
        post.number = PostNumber{number};
    }
}

void change_post(WriteTx& tx, const strike::Plan& plan, const strike::Post& post)
{
    advance(tx, plan);
    tx.prepare("UPDATE picket_post SET role = ?, starts = ?, starts_later = ?, ends = ?, ends_later = ?, needed = ?, places = ?,"
               " over_six_reason = ?, organiser = ?, lone_risk = ? WHERE number = ?")
        .bind(post.role, text(post.from.wall), later(post.from), text(post.to.wall), later(post.to), post.needed, post.places, post.over_six_reason,
              post.organiser, post.lone_risk, raw(post.number))
        .change_one_row();
}

void remove_site(WriteTx& tx, const strike::Plan& plan, SiteNumber site)
{
    advance(tx, plan);
    tx.prepare("UPDATE picket_site SET removed = 1 WHERE number = ?").bind(raw(site)).change_one_row();
    tx.prepare("UPDATE picket_entrance SET removed = 1 WHERE site = ?").bind(raw(site)).run();
    tx.prepare("UPDATE picket_post SET removed = 1 WHERE entrance IN (SELECT number FROM picket_entrance WHERE site = ?)").bind(raw(site)).run();
}

void remove_entrance(WriteTx& tx, const strike::Plan& plan, EntranceNumber entrance)
{
    advance(tx, plan);
    tx.prepare("UPDATE picket_entrance SET removed = 1 WHERE number = ?").bind(raw(entrance)).change_one_row();
    tx.prepare("UPDATE picket_post SET removed = 1 WHERE entrance = ?").bind(raw(entrance)).run();
}

void remove_post(WriteTx& tx, const strike::Plan& plan, PostNumber post)
{
    advance(tx, plan);
    tx.prepare("UPDATE picket_post SET removed = 1 WHERE number = ?").bind(raw(post)).change_one_row();
}

void put_published(WriteTx& tx, const strike::Plan& plan, Instant now)
{
    tx.prepare("UPDATE picket_plan SET published_version = version, published_at = ? WHERE walkout = ? AND branch = ? AND version = ?")
        .bind(now, plan.walkout, plan.branch, plan.version)
        .change_one_row();
}

void set_organiser(WriteTx& tx, const strike::Plan& plan, const std::vector<PostNumber>& posts, const std::string& member)
{
    advance(tx, plan);
    for (const auto post : posts) tx.prepare("UPDATE picket_post SET organiser = ? WHERE number = ?").bind(member, raw(post)).change_one_row();
}

void set_contact(WriteTx& tx, const strike::Plan& plan, const std::string& contact)
{
    advance(tx, plan);
    tx.prepare("UPDATE picket_plan SET contact = ? WHERE walkout = ? AND branch = ?").bind(contact, plan.walkout, plan.branch).change_one_row();
}

std::vector<PostPlace> organised_by(const ReadTx& tx, const std::string& member)
{
    return tx
        .prepare("SELECT " + place_columns + std::string(place_tables) +
                 "WHERE p.organiser = ? AND p.removed = 0 ORDER BY p.starts, p.starts_later, p.number")
        .bind(member)
        .all(place);
}

strike::PicketSettings picket_settings(const ReadTx& tx)
{
    const auto stored = tx.prepare("SELECT version, cap, night_from, night_to, least_at_night, longest_stint, stint_break, rest, cancel_cut_off,"
                                   " own_workplace FROM picket_settings")
                            .first([](const Statement& row) {
                                const auto minutes = [&](int column) { return std::chrono::minutes(row.integer(column)); };
                                return strike::PicketSettings{.version = row.integer(0),
                                                              .cap = row.integer(1),
                                                              .night_from = minutes(2),
                                                              .night_to = minutes(3),
                                                              .least_at_night = row.integer(4),
                                                              .longest_stint = minutes(5),
                                                              .stint_break = minutes(6),
                                                              .rest = minutes(7),
                                                              .cancel_cut_off = minutes(8),
                                                              .own_workplace = row.boolean(9)};
                            });
    return stored.value_or(strike::PicketSettings{});
}

void put_picket_settings(WriteTx& tx, const strike::PicketSettings& settings)
{
    tx.prepare("INSERT OR REPLACE INTO picket_settings (one, version, cap, night_from, night_to, least_at_night, longest_stint, stint_break, rest,"
               " cancel_cut_off, own_workplace) VALUES (1, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")
        .bind(settings.version, settings.cap, settings.night_from.count(), settings.night_to.count(), settings.least_at_night,
              settings.longest_stint.count(), settings.stint_break.count(), settings.rest.count(), settings.cancel_cut_off.count(),
              settings.own_workplace)
        .change_one_row();
}

std::optional<PostPlace> find_post(const ReadTx& tx, PostNumber number)
{
    return tx.prepare("SELECT " + place_columns + std::string(place_tables) + "WHERE p.number = ? AND p.removed = 0").bind(raw(number)).first(place);
}

bool post_was_planned(const ReadTx& tx, PostNumber number)
{
    return tx.prepare("SELECT count(*) FROM picket_post WHERE number = ?").bind(raw(number)).number() > 0;
}

std::vector<PostPlace> public_posts(const ReadTx& tx, const WalkoutId& walkout)
{
    return tx
        .prepare("SELECT " + place_columns + std::string(place_tables) +
                 "WHERE s.walkout = ? AND s.public = 1 AND p.removed = 0 AND EXISTS (SELECT 1 FROM picket_plan l WHERE l.walkout = s.walkout AND "
                 "l.branch = s.branch AND l.published_version > 0) ORDER BY p.starts, p.starts_later, p.number")
        .bind(walkout)
        .all(place);
}

std::vector<strike::Site> public_sites(const ReadTx& tx, const WalkoutId& walkout)
{
    return tx
        .prepare("SELECT " + std::string(site_list) + " FROM picket_site s WHERE s.walkout = ? AND s.public = 1 AND s.removed = 0 ORDER BY s.number")
        .bind(walkout)
        .all([](const Statement& row) { return site(row, 0); });
}

std::int64_t places_taken(const ReadTx& tx, PostNumber post)
{
    return tx.prepare("SELECT count(*) FROM picket_sign_up WHERE post = ? AND cancelled = 0").bind(raw(post)).number();
}

namespace {

SignedUp signed_up(const Statement& row) { return {PostNumber{row.integer(0)}, row.text(1), row.text(2), row.text(3)}; }
const std::string signed_up_columns = "SELECT u.post, m.number, m.name, coalesce(m.email, '')";
constexpr std::string_view signed_up_tables = "JOIN picket_sign_up u ON u.post = p.number JOIN member m ON m.number = u.member ";

} // namespace

std::vector<SignedUp> people_on_posts(const ReadTx& tx, const WalkoutId& walkout, const std::string& branch)
{
    return tx
        .prepare(signed_up_columns + std::string(place_tables) + std::string(signed_up_tables) +
                 "WHERE s.walkout = ? AND s.branch = ? AND u.cancelled = 0 ORDER BY u.post, m.name, m.number")
        .bind(walkout, branch)
        .all(signed_up);
}

std::vector<SignedUp> people_of_walkout(const ReadTx& tx, const WalkoutId& walkout)
{
    return tx
        .prepare(signed_up_columns + std::string(place_tables) + std::string(signed_up_tables) +
                 "WHERE s.walkout = ? AND u.cancelled = 0 ORDER BY m.number, p.starts, u.post")
        .bind(walkout)
        .all(signed_up);
}

std::vector<SignedUp> organisers_of_walkout(const ReadTx& tx, const WalkoutId& walkout)
{
    return tx
        .prepare("SELECT p.number, m.number, m.name, coalesce(m.email, '')" + std::string(place_tables) +
                 "JOIN member m ON m.number = p.organiser WHERE s.walkout = ? AND p.removed = 0 ORDER BY m.number, p.starts, p.number")
        .bind(walkout)
        .all(signed_up);
}

std::vector<SignedUp> people_on_post(const ReadTx& tx, PostNumber post)
{
    return tx
        .prepare(signed_up_columns + std::string(place_tables) + std::string(signed_up_tables) +
                 "WHERE u.post = ? AND u.cancelled = 0 ORDER BY m.name, m.number")
        .bind(raw(post))
        .all(signed_up);
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
    constexpr int sign_up_column = post_column + post_columns;
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
    // Not as one upsert: the trigger that guards a full post against another person would see an insertion, also of somebody who is on it.
    const auto changed = tx.prepare("UPDATE picket_sign_up SET cancelled = ?, sequence = ? WHERE post = ? AND member = ?")
                             .bind(sign_up.cancelled, sign_up.sequence, raw(sign_up.post), sign_up.member)
                             .changes();
    if (changed > 0) return;
    tx.prepare("INSERT INTO picket_sign_up (post, member, cancelled, sequence) VALUES (?, ?, ?, ?)")
        .bind(raw(sign_up.post), sign_up.member, sign_up.cancelled, sign_up.sequence)
        .change_one_row();
}

} // namespace walkout::store
