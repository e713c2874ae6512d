#pragma once

#include "server/store/picket_store.hpp"
#include "shared/strike/exemption.hpp"
#include "shared/wire/strike_papers.hpp"

namespace walkout::api {

// What the pages and papers of a walkout say. Public ones name nobody.

wire::WalkoutsPage walkouts_page(const std::vector<strike::Walkout>& walkouts, bool rehearsal);
wire::WalkoutPage walkout_page(const strike::Walkout& walkout, const std::vector<strike::PublicSite>& sites, bool rehearsal);

struct SheetFacts {
    const strike::Walkout& walkout;
    const strike::Plan& plan;
    std::vector<store::SignedUp> people{};           ///< in order of post
    std::map<std::string, std::string> organisers{}; ///< their names, by member number
    std::vector<Date> supervised{};                  ///< days on which the law requires a picket supervisor
    bool rehearsal = false;
};
/// Who stands where, with a box to tick.
wire::RotaPaper rota_paper(const SheetFacts& facts);
/// A card for each organiser; a letter for each supervisor, which says what the law requires where it does.
wire::AuthorityPaper authority_paper(const SheetFacts& facts);
wire::IncidentPaper incident_paper(const SheetFacts& facts);
/// The branch's public sites only, nobody's name. page: the address of the walkout's public page.
wire::PosterPaper poster(const SheetFacts& facts, std::string page);

/// Throws logic_error for an exemption that was not granted.
wire::ExemptionLetter exemption_letter(const strike::Walkout& walkout, const strike::Exemption& exemption, bool rehearsal);

wire::PassPaper pass_paper(const strike::Walkout& walkout, const store::PostPlace& place, const std::string& number, const std::string& name,
                           std::string code, bool rehearsal);

} // namespace walkout::api
