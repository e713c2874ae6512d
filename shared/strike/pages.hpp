#pragma once

#include "shared/strike/exemption.hpp"
#include "shared/strike/picket.hpp"

#include <map>
#include <string>
#include <vector>

namespace walkout::strike {

// Web pages and sheets to print: HTML that is whole by itself, with its one style inside and no script, for screen readers, phones of 320 px
// and black-and-white printers. Every text from people is escaped.

/// The one style of every page here; a Content-Security-Policy names it by its hash.
std::string_view page_style();

/// Public: no person is on these.
std::string walkouts_page(const std::vector<Walkout>& walkouts, bool rehearsal);
std::string walkout_page(const Walkout& walkout, const std::vector<PublicSite>& sites, bool rehearsal);
std::string message_page(const std::string& heading, const std::string& words, bool rehearsal); ///< where something is not there

struct OnPost {
    PostNumber post{};
    std::string number;
    std::string name;
};
struct SheetFacts {
    const Walkout& walkout;
    const Plan& plan;
    std::vector<OnPost> people;               ///< in order of post and name
    std::map<std::string, std::string> names; ///< of organisers, by member number
    bool supervisor_required = false;         ///< by the law of the walkout's days
    std::string address;                      ///< of the walkout's public page
    bool rehearsal = false;
};

/// For the branch: who stands where, with a box to tick; one table for each entrance.
std::string rota_sheet(const SheetFacts& facts);
/// A card for each organiser, and for each supervisor the letter's reference: "must" only where the law of the day says so.
std::string authority_cards(const SheetFacts& facts);
std::string incident_sheet(const SheetFacts& facts);
/// To hang up: when and where, of public sites only, nobody's name.
std::string poster(const SheetFacts& facts);

/// What a member shows at work. With the names of the two who decided. Throws logic_error for one that was not granted.
std::string exemption_letter(const Walkout& walkout, const Exemption& exemption, bool rehearsal);

} // namespace walkout::strike
