#include "shared/ballot/catalogue.hpp"

#include <algorithm>
#include <stdexcept>

// Welsh is written as labels and whole sentences, so that no value put in needs a mutation. Whoever translates edits this file alone; statutory
// words are never here: they are the Act's, in either language. A union that ballots in Welsh has its text read by somebody who speaks it.

namespace walkout::ballot {
namespace {

using enum Phrase;

constexpr auto rows = std::to_array<Entry>({
    {paper, "VOTING PAPER", "PAPUR PLEIDLEISIO"},
    {paper_rehearsal, "REHEARSAL: this is not a real ballot.", "YMARFER: nid pleidlais go iawn yw hon."},
    {paper_not_lawful, "In a real ballot of this date it would not be lawful to vote by this method: {method}.",
     "Mewn pleidlais go iawn ar y dyddiad hwn ni fyddai'r dull hwn yn gyfreithlon: {method}."},
    {paper_consultative, "This is a consultative ballot. It can give no mandate for industrial action.",
     "Pleidlais ymgynghorol yw hon. Ni all roi mandad ar gyfer gweithredu diwydiannol."},
    {paper_dispute, "Trade dispute: {dispute}", "Anghydfod diwydiannol: {dispute}"},
    {paper_matters, "Matters in issue: {matters}", "Y materion dan sylw: {matters}"},
    {paper_question, "Question {number}: {question}", "Cwestiwn {number}: {question}"},
    {paper_types, "Types of action: {types}", "Mathau o weithredu: {types}"},
    {paper_periods, "Expected: {periods}", "Disgwylir: {periods}"},
    {paper_answer, "Answer Yes or No.", "Atebwch Yes (Ie) neu No (Na)."},
    {paper_scrutineer, "Independent scrutineer: {scrutineer}", "Craffwr annibynnol: {scrutineer}"},
    {paper_return_to, "Return to: {address}", "Dychwelwch at: {address}"},
    {paper_arrive_before, "To arrive before: {when}", "I gyrraedd cyn: {when}"},
    {paper_called_by, "Action may be called by: {office}", "Gellir galw'r gweithredu gan: {office}"},

    {paper_number, "Number {number}", "Rhif {number}"},
    {paper_number_elsewhere, "The number of your voting paper is in the message that brought your voting code.",
     "Mae rhif eich papur pleidleisio yn y neges a ddaeth â'ch cod pleidleisio."},
    {question_of, "Question {number} of {of}", "Cwestiwn {number} o {of}"},
    {answer_yes, "Yes", "Yes (Ie)"},
    {answer_no, "No", "No (Na)"},
    {answer_blank, "left blank (counted as spoiled)", "gadawyd yn wag (cyfrifir yn bapur a ddifethwyd)"},
    {leave_blank, "leave this question blank: it is counted as spoiled", "gadael y cwestiwn hwn yn wag: cyfrifir yn bapur a ddifethwyd"},
    {your_answer, "Your answer (1, 2 or 3):", "Eich ateb (1, 2 neu 3):"},
    {answer_unclear, "Please type 1 for Yes, 2 for No, or 3 to leave it blank.", "Teipiwch 1 am Yes (Ie), 2 am No (Na), neu 3 i'w adael yn wag."},
    {check_answers, "Check your answers", "Gwiriwch eich atebion"},
    {extended, "Extended: votes may now arrive until just before {when}.", "Estynnwyd y cyfnod pleidleisio. I gyrraedd cyn: {when}"},

    {met, "yes", "do"},
    {not_met, "no", "naddo"},
    {mandate_begin_by, "A mandate: action must begin by {day}.", "Mandad: rhaid i'r gweithredu ddechrau erbyn {day}."},
    {mandate_until, "A mandate until the end of {day}.", "Mandad hyd at ddiwedd {day}."},
    {no_mandate, "No mandate: {reason}", "Dim mandad: {reason}"},
    {reason_thresholds, "Not met: {tests}.", "Ni chyflawnwyd: {tests}."},
    {reason_consultative, "A consultative ballot gives no mandate.", "Nid yw pleidlais ymgynghorol yn rhoi mandad."},
    {reason_overseas, "Overseas members are reported apart and give no mandate (TULRCA s.232).",
     "Adroddir ar wahân am aelodau tramor, ac nid ydynt yn rhoi mandad (TULRCA s.232)."},
    {need_turnout, "the turnout threshold", "y trothwy ar gyfer nifer y pleidleiswyr"},
    {need_support, "the threshold of support among those entitled", "y trothwy cefnogaeth ymhlith y rhai â hawl i bleidleisio"},
    {need_majority, "the majority", "y mwyafrif"},
    {need_majority_of_valid, "the majority of valid votes (for comparison)", "mwyafrif y pleidleisiau dilys (er cymhariaeth)"},
    {warning_tiny, "Only {people} people had a vote: this result may reveal how somebody voted.",
     "Nifer y rhai a gafodd bleidlais: {people}. Gall y canlyniad hwn ddatgelu sut y pleidleisiodd rhywun."},
    {warning_unanimous, "Everybody who returned a paper answered alike, so this result reveals how each of them voted.",
     "Rhoddodd pawb a ddychwelodd bapur yr un ateb, felly mae'r canlyniad hwn yn datgelu sut y pleidleisiodd pob un ohonynt."},
    {warning_bases_differ,
     "Yes is a majority of valid votes but not of all papers returned. TULRCA s.297A counts spoiled papers as voting, so "
     "Walkout calls this not supported; take legal advice.",
     "Mae Yes (Ie) yn fwyafrif o'r pleidleisiau dilys ond nid o'r holl bapurau a ddychwelwyd. Mae TULRCA a.297A yn cyfrif papurau a ddifethwyd yn "
     "bleidleisiau, felly mae Walkout yn barnu nad oes cefnogaeth; ceisiwch gyngor cyfreithiol."},
    {result_subject, "Result of the ballot: {title}", "Canlyniad y bleidlais: {title}"},
    {result_page, "The result is published at {address}", "Cyhoeddwyd y canlyniad yma: {address}"},
    {report_signed, "The independent scrutineer's report, signed on {day}", "Adroddiad y craffwr annibynnol, a lofnodwyd {day}"},
    {report_due, "The independent scrutineer's report is due by {day} (TULRCA s.226B(1)(b)).",
     "Rhaid cyhoeddi adroddiad y craffwr annibynnol erbyn {day} (TULRCA s.226B(1)(b))."},
    {report_not_asked_for, "The law asks for no scrutineer's report on this ballot; the independent second person makes one all the same.", ""},
    {addendum_made, "Voting was extended by addendum {number}, to {when}.", "Estynnwyd y cyfnod pleidleisio gan atodiad {number}, hyd at {when}."},

    {called_workplaces, "{who}, only at: {workplaces}", "{who}, yn y gweithleoedd hyn yn unig: {workplaces}"},
    {called_categories, "{who}, only this work: {categories}", "{who}, y gwaith hwn yn unig: {categories}"},
    {walkout_suspended, "SUSPENDED: {title}", "ATALIWYD: {title}"},
    {walkout_ended, "ENDED: {title}", "DAETH I BEN: {title}"},
    {suspended_means, "This action is suspended. Go to work as normal. {reason}",
     "Mae'r gweithredu hwn wedi'i atal. Ewch i'r gwaith fel arfer. {reason}"},
    {ended_means, "This action has ended. Go to work as normal. {reason}",
     "Mae'r gweithredu hwn wedi dod i ben. Ewch i'r gwaith fel arfer. {reason}"},
    {what_strike, "This is a strike, called by {office}.", "Streic yw hon. Galwyd gan: {office}."},
    {what_action_short, "This is action short of a strike, called by {office}.", "Gweithredu nad yw'n streic yw hwn. Galwyd gan: {office}."},
    {covers_clock, "It covers work by the clock between these times.", "Mae'n cynnwys gwaith yn ôl y cloc rhwng yr amseroedd hyn."},
    {covers_commencing, "It covers every shift that starts between these times, to its end. A shift that began before is finished.",
     "Mae'n cynnwys pob sifft sy'n dechrau rhwng yr amseroedd hyn, hyd at ei diwedd. Gorffennir sifft a ddechreuodd cyn hynny."},
    {covers_hybrid,
     "It covers every shift that starts between these times, to its end. A shift that began before is finished and handed over safely.",
     "Mae'n cynnwys pob sifft sy'n dechrau rhwng yr amseroedd hyn, hyd at ei diwedd. Gorffennir sifft a ddechreuodd cyn hynny, a'i throsglwyddo'n "
     "ddiogel."},
    {role_walkout, "Walkout", "Cerdded allan"},
    {role_arrivals, "Arrivals", "Cyrraedd y gwaith"},
    {role_late, "Late", "Hwyr"},
    {role_night, "Night", "Nos"},
    {role_return, "Return to work", "Dychwelyd i'r gwaith"},
    {nobody_yet, "nobody yet", "neb eto"},
    {none_yet, "none yet", "dim eto"},
    {more_needed, "{number} more needed", "Nifer y bobl sydd eu hangen o hyd: {number}"},
    {rota_unpublished, "Not published yet: this may still change.", "Heb ei chyhoeddi eto: gall hyn newid."},
    {rota_published, "Published at {when}.", "Cyhoeddwyd: {when}."},
    {rota_changed, "CHANGED since it was published at {when}: publish it again.", "NEWIDIWYD ers ei chyhoeddi ({when}): rhaid ei chyhoeddi eto."},
    {card_supervisor, "Letter of authority for the picket supervisor", "Llythyr awdurdod goruchwyliwr y llinell biced"},
    {card_organiser, "Picket organiser", "Trefnydd y llinell biced"},
});

} // namespace

std::span<const Entry> catalogue() { return rows; }

std::string say(Language language, Phrase phrase, std::initializer_list<std::pair<std::string_view, std::string>> values)
{
    const auto row = std::ranges::find(rows, phrase, &Entry::phrase);
    if (row == rows.end()) throw std::logic_error("a phrase without its row in the catalogue");
    const auto pattern = language == Language::cy && !row->cy.empty() ? row->cy : row->en;
    // Once through the pattern, so that a value which looks like a placeholder stays as it is.
    std::string out;
    for (std::size_t at = 0; at < pattern.size();) {
        const auto close = pattern[at] == '{' ? pattern.find('}', at) : std::string_view::npos;
        if (close == std::string_view::npos) {
            out += pattern[at++];
            continue;
        }
        const auto name = pattern.substr(at + 1, close - at - 1);
        const auto value = std::ranges::find(values, name, [](const auto& pair) { return pair.first; });
        if (value == values.end()) throw std::logic_error("a phrase needs a value for " + std::string(name));
        out += value->second;
        at = close + 1;
    }
    return out;
}

std::string words_in(Language language, Date day)
{
    if (language == Language::en) return walkout::words(day);
    constexpr std::array days{"dydd Sul", "dydd Llun", "dydd Mawrth", "dydd Mercher", "dydd Iau", "dydd Gwener", "dydd Sadwrn"};
    constexpr std::array months{"Ionawr",     "Chwefror", "Mawrth", "Ebrill", "Mai",      "Mehefin",
                                "Gorffennaf", "Awst",     "Medi",   "Hydref", "Tachwedd", "Rhagfyr"};
    const date::year_month_day parts(day);
    return std::string(days[date::weekday(day).c_encoding()]) + " " + std::to_string(static_cast<unsigned>(parts.day())) + " " +
           months[static_cast<unsigned>(parts.month()) - 1] + date::format(" %Y", day);
}

std::string words_in(Language language, WallTime wall)
{
    if (language == Language::en) return walkout::words(wall);
    return date::format("%H:%M, ", wall) + words_in(language, date::floor<Days>(wall));
}

} // namespace walkout::ballot
