#include "shared/strike/pages.hpp"

#include <algorithm>

namespace walkout::strike {
namespace {

std::string escaped(std::string_view text)
{
    std::string out;
    for (const char c : text) {
        switch (c) {
        case '&': out += "&amp;"; break;
        case '<': out += "&lt;"; break;
        case '>': out += "&gt;"; break;
        case '"': out += "&quot;"; break;
        case '\'': out += "&#39;"; break;
        case '\n': out += "<br>"; break;
        default:
            if (static_cast<unsigned char>(c) >= 0x20 && c != 0x7f) out += c;
        }
    }
    return out;
}

std::string element(const std::string& tag, const std::string& html, const std::string& attributes = {})
{
    return "<" + tag + (attributes.empty() ? "" : " " + attributes) + ">" + html + "</" + tag + ">\n";
}
std::string heading(std::string_view text) { return element("h1", escaped(text)); }
std::string subheading(std::string_view text) { return element("h2", escaped(text)); }
std::string paragraph(std::string_view text) { return element("p", escaped(text)); }
/// The one thing on a page that nobody may miss.
std::string notice(std::string_view text) { return element("p", escaped(text), "class=\"notice\" role=\"status\""); }

std::string row(const std::vector<std::string>& cells, const std::string& tag = "td")
{
    std::string html;
    for (const auto& cell : cells) html += "<" + tag + (tag == "th" ? " scope=\"col\"" : "") + ">" + escaped(cell) + "</" + tag + ">";
    return element("tr", html);
}
std::string table(std::string_view caption, const std::vector<std::string>& head, const std::string& rows)
{
    return element("table", element("caption", escaped(caption)) + element("thead", row(head, "th")) + element("tbody", rows));
}

std::string page(const std::string& title, const std::string& body, bool rehearsal)
{
    const std::string mark = rehearsal ? "REHEARSAL: " : "";
    return "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
           "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>" +
           escaped(mark + title) + "</title>\n<style>" + std::string(page_style()) + "</style>\n</head>\n<body>\n" +
           (rehearsal ? element("header", notice("REHEARSAL: practice only. Nothing here is real.")) : "") + element("main", body) +
           "</body>\n</html>\n";
}

std::string state_title(const Walkout& walkout)
{
    switch (walkout.state) {
    case State::called: return walkout.title;
    case State::suspended: return "SUSPENDED: " + walkout.title;
    case State::ended: return "ENDED: " + walkout.title;
    }
    throw std::logic_error("a walkout in no state");
}

std::string state_notice(const Walkout& walkout)
{
    switch (walkout.state) {
    case State::called: return {};
    case State::suspended: return notice("This action is suspended. Go to work as normal. " + walkout.reason);
    case State::ended: return notice("This action has ended. Go to work as normal. " + walkout.reason);
    }
    throw std::logic_error("a walkout in no state");
}

std::string sentence_case(std::string_view text)
{
    std::string out(text);
    if (!out.empty() && out.front() >= 'a' && out.front() <= 'z') out.front() = static_cast<char>(out.front() - 'a' + 'A');
    return out;
}

std::string when(const Walkout& walkout) { return sentence_case(words(walkout)) + "."; }

std::string covers(const Walkout& walkout)
{
    switch (walkout.window.semantics()) {
    case Semantics::clock: return "It covers work by the clock between these times.";
    case Semantics::commencing: return "It covers every shift that starts between these times, to its end. A shift that began before is finished.";
    case Semantics::hybrid:
        return "It covers every shift that starts between these times, to its end. A shift that began before is finished and handed over safely.";
    }
    throw std::logic_error("semantics without words");
}

std::string hours_of(const Walkout& walkout, const Post& post) { return words(post.from, post.to, walkout.window.zone()); }

std::string called_list(const Walkout& walkout)
{
    std::vector<std::string> employers;
    for (const auto& part : walkout.called)
        if (std::ranges::find(employers, part.employer) == employers.end()) employers.push_back(part.employer);
    std::string items;
    for (const auto& employer : employers) items += element("li", escaped(employer));
    return element("ul", items);
}

std::string public_site(const Walkout& walkout, const PublicSite& entry)
{
    auto html = element("h3", escaped(entry.site.name)) + element("address", escaped(entry.site.address));
    if (entry.site.coordinates)
        html += paragraph("Position: " + std::to_string(entry.site.coordinates->latitude) + ", " + std::to_string(entry.site.coordinates->longitude));
    if (entry.posts.empty()) return html + paragraph("Times will be published here.");
    std::string rows;
    for (const auto& post : entry.posts) rows += row({hours_of(walkout, post), sentence_case(role_words(post.role))});
    return html + table("When pickets are at " + entry.site.name, {"When", "What"}, rows);
}

const Entrance& entrance_of(const Plan& plan, const Post& post)
{
    const auto found = std::ranges::find(plan.entrances, post.entrance, &Entrance::number);
    if (found == plan.entrances.end()) throw std::logic_error("a post at no entrance of its plan");
    return *found;
}
const Site& site_of(const Plan& plan, const Entrance& entrance)
{
    const auto found = std::ranges::find(plan.sites, entrance.site, &Site::number);
    if (found == plan.sites.end()) throw std::logic_error("an entrance of no site of its plan");
    return *found;
}

std::string name_of(const SheetFacts& facts, const std::string& number)
{
    if (number.empty()) return "nobody yet";
    const auto found = facts.names.find(number);
    return found == facts.names.end() ? number : found->second;
}

std::string number_text(PostNumber post) { return std::to_string(static_cast<std::int64_t>(post)); }

std::string rota_of_entrance(const SheetFacts& facts, const Entrance& entrance)
{
    std::string rows;
    for (const auto& post : facts.plan.posts) {
        if (post.entrance != entrance.number) continue;
        const auto first = std::ranges::find(facts.people, post.number, &OnPost::post);
        const auto heading_cells = std::vector<std::string>{number_text(post.number), hours_of(facts.walkout, post),
                                                            sentence_case(role_words(post.role)), name_of(facts, post.organiser)};
        auto cells = heading_cells;
        std::int64_t people = 0;
        for (auto person = first; person != facts.people.end() && person->post == post.number; ++person, ++people) {
            cells.insert(cells.end(), {person->name, person->number, "\u2610"});
            rows += row(cells);
            cells.assign(heading_cells.size(), "");
        }
        if (people < post.needed) {
            cells.insert(cells.end(), {"needs " + std::to_string(post.needed - people) + " more", "", "\u2610"});
            rows += row(cells);
        }
    }
    if (rows.empty()) return paragraph(entrance.name + ": no post.");
    return table(entrance.name, {"Post", "When", "What", "Organiser", "Name", "Number", "Here"}, rows);
}

std::string public_state_of(const Plan& plan, const Zone& zone)
{
    if (plan.published_version == 0) return "Not published yet: this may still change.";
    const auto at = words(date::floor<std::chrono::minutes>(zone.wall(plan.published_at)));
    return plan.published_version == plan.version ? "Published at " + at + "." : "CHANGED since it was published at " + at + ": publish it again.";
}

} // namespace

std::string_view page_style()
{
    return "body{font:1.125rem/1.5 sans-serif;color:#0b0c0c;background:#fff;margin:0 auto;padding:1rem;max-width:60rem}"
           "h1{font-size:1.8rem;line-height:1.2}h2{font-size:1.4rem;margin-top:2rem}h3{font-size:1.15rem}"
           "a{color:#1d5fa0}a:focus{outline:3px solid #0b0c0c;background:#ffdd00;color:#0b0c0c}"
           ".notice{border:.25rem solid #0b0c0c;padding:1rem;font-weight:bold}"
           "table{border-collapse:collapse;width:100%;margin:1rem 0}caption{text-align:left;font-weight:bold}"
           "th,td{text-align:left;vertical-align:top;padding:.35rem .5rem;border-bottom:1px solid #505a5f;overflow-wrap:anywhere}"
           ".card{border:2px solid #0b0c0c;padding:1rem;margin:1rem 0;break-inside:avoid}.large{font-size:2rem;line-height:1.25}"
           ".write{height:6rem;border:1px solid #505a5f}"
           "@media "
           "print{body{font-size:11pt;max-width:none;padding:0}a{color:inherit;text-decoration:none}tr,h2,h3{break-inside:avoid;break-after:avoid}}";
}

std::string message_page(const std::string& title, const std::string& text, bool rehearsal)
{
    return page(title, heading(title) + paragraph(text) + element("p", "<a href=\"/strike\">All walkouts</a>"), rehearsal);
}

std::string walkouts_page(const std::vector<Walkout>& walkouts, bool rehearsal)
{
    std::string items;
    for (const auto& walkout : walkouts)
        items += element("li", "<a href=\"/strike/" + escaped(walkout.id.text()) + "\">" + escaped(state_title(walkout)) + "</a><br>" +
                                   escaped(when(walkout)));
    const auto body = heading("Walkouts") + (items.empty() ? paragraph("No walkout has been called.") : element("ul", items));
    return page("Walkouts", body, rehearsal);
}

std::string walkout_page(const Walkout& walkout, const std::vector<PublicSite>& sites, bool rehearsal)
{
    const auto base = "/api/v1/walkouts/" + walkout.id.text();
    auto body = state_notice(walkout) + heading(walkout.title) + paragraph(when(walkout)) +
                paragraph("This is " + std::string(walkout.action == Action::strike ? "a strike" : "action short of a strike") + ", called by " +
                          walkout.called_by + ". " + covers(walkout));
    body += subheading("Who is called") + paragraph("Members of the union who work for:") + called_list(walkout) +
            paragraph("Members of other unions are not called by this.");
    body += subheading("Picket lines");
    if (sites.empty()) body += paragraph("None has been made public.");
    for (const auto& site : sites) body += public_site(walkout, site);
    body += subheading("Calendar and map data") +
            element("ul", element("li", "<a href=\"" + escaped(base) + "/ics\">Calendar (iCalendar)</a>") +
                              element("li", "<a href=\"" + escaped(base) + "/sites.geojson\">Picket lines (GeoJSON)</a>")) +
            paragraph("Times are local times in " + walkout.window.zone().name() + ".");
    return page(state_title(walkout), body, rehearsal);
}

std::string rota_sheet(const SheetFacts& facts)
{
    const auto& zone = facts.walkout.window.zone();
    auto body = state_notice(facts.walkout) + heading("Picket rota: " + facts.plan.branch) +
                paragraph(facts.walkout.title + ". " + when(facts.walkout)) +
                paragraph("Version " + std::to_string(facts.plan.version) + ". " + public_state_of(facts.plan, zone) +
                          " For the branch only: keep it safe, and destroy it when it is no longer needed.");
    for (const auto& site : facts.plan.sites) {
        body += subheading(site.name) + paragraph(site.address) + (site.notes.empty() ? "" : paragraph(site.notes));
        if (site.supervisor) body += paragraph("Picket supervisor: " + site.supervisor->name + ", " + site.supervisor->contact);
        for (const auto& entrance : facts.plan.entrances)
            if (entrance.site == site.number) body += rota_of_entrance(facts, entrance);
    }
    return page("Picket rota: " + facts.plan.branch, body, facts.rehearsal);
}

std::string authority_cards(const SheetFacts& facts)
{
    std::string body = heading("Authority cards: " + facts.plan.branch);
    for (const auto& site : facts.plan.sites)
        if (site.supervisor)
            body += element(
                "section",
                subheading("Picket supervisor: " + site.supervisor->name) + paragraph(site.name + ", " + site.address) +
                    paragraph("The union approves this picket. Letter: " + site.supervisor->letter + ". Contact: " + site.supervisor->contact) +
                    paragraph("Police told: " + site.supervisor->police_told) +
                    paragraph(facts.supervisor_required
                                  ? "You must be present or readily contactable, wear something that readily identifies you, and show the letter "
                                    "to the employer who asks for it as soon as reasonably practicable (TULRCA s.220A)."
                                  : "Be reachable, be recognisable, and have the letter with you."),
                "class=\"card\"");
    for (const auto& post : facts.plan.posts) {
        if (post.organiser.empty()) continue;
        const auto& entrance = entrance_of(facts.plan, post);
        const auto& site = site_of(facts.plan, entrance);
        body += element(
            "section",
            subheading("Picket organiser: " + name_of(facts, post.organiser)) + paragraph(facts.walkout.title) +
                paragraph(site.name + ", " + site.address + " (" + entrance.name + ")") + paragraph(hours_of(facts.walkout, post)) +
                paragraph("In charge here for the union. Peacefully communicate information and persuade; keep the way free; in general no more "
                          "than six at any entrance (Code of Practice on Picketing)."),
            "class=\"card\"");
    }
    return page("Authority cards", body, facts.rehearsal);
}

std::string incident_sheet(const SheetFacts& facts)
{
    std::string body = heading("Incident sheet: " + facts.plan.branch) + paragraph(facts.walkout.title + ". " + when(facts.walkout));
    for (const auto* line :
         {"Where (site, entrance)", "Date and time", "What happened, and what was said", "Who saw it",
          "Police: officers, numbers, reference; on an arrest the time, who, and the reason given", "Written down by, at what time"})
        body += element("section", paragraph(line) + element("div", "", "class=\"write\""));
    return page("Incident sheet", body, facts.rehearsal);
}

std::string poster(const SheetFacts& facts)
{
    auto body = state_notice(facts.walkout) + heading(facts.walkout.title) + element("p", escaped(when(facts.walkout)), "class=\"large\"");
    for (const auto& site : facts.plan.sites) {
        if (!site.is_public) continue;
        body += element("h2", escaped(site.name)) + element("p", escaped(site.address), "class=\"large\"");
        for (const auto& post : facts.plan.posts)
            if (entrance_of(facts.plan, post).site == site.number && post.role != PostRole::night)
                body += paragraph(sentence_case(role_words(post.role)) + ": " + hours_of(facts.walkout, post));
    }
    if (!facts.address.empty()) body += element("p", escaped(facts.address), "class=\"large\"");
    return page(facts.walkout.title, body, facts.rehearsal);
}

std::string exemption_letter(const Walkout& walkout, const Exemption& exemption, bool rehearsal)
{
    if (exemption.state() != Exemption::State::granted) throw std::logic_error("a letter for an exemption that was not granted");
    const auto hours = words(Moment{exemption.hours.start}, Moment{exemption.hours.end}, walkout.window.zone());
    auto body =
        state_notice(walkout) + heading("Exemption from the walkout") + paragraph(exemption.member_name + " (" + exemption.member + ")") +
        paragraph(sentence_case(hours) + ", " + walkout.window.zone().name()) + paragraph("For: " + exemption.work) +
        paragraph("The walkout \"" + walkout.title + "\" was called by " + walkout.called_by + ", " + words(walkout) +
                  ". In the hours above the union asks this member to work, and they are not breaking the strike. Outside them the call stands.");
    body += subheading("Decided by");
    for (const auto& decision : exemption.decisions)
        body += paragraph(decision.name + ", " + words(date::floor<Days>(walkout.window.zone().wall(decision.at))) + ": " + decision.reason);
    return page("Exemption " + std::to_string(static_cast<std::int64_t>(exemption.number)), body, rehearsal);
}

} // namespace walkout::strike
