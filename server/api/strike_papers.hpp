#pragma once

#include "server/service/picket_rules.hpp"
#include "server/store/picket_store.hpp"
#include "shared/strike/exemption.hpp"
#include "shared/strike/walkout_words.hpp"
#include "shared/wire/strike_papers.hpp"

namespace walkout::api {

// What the pages and papers of a walkout say. Public ones name nobody.

/// What a paper says of the walkout in its language: the ballot gives the title and the office in Welsh where it has them.
struct Spoken {
    ballot::Language language = ballot::Language::en;
    std::optional<std::string> title{};     ///< otherwise the walkout's
    std::optional<std::string> called_by{}; ///< likewise
    std::vector<std::string> called{};      ///< whom, service::called_words
};

struct ListedWalkout {
    strike::Walkout walkout;
    Spoken spoken;
};
wire::WalkoutsPage walkouts_page(const std::vector<ListedWalkout>& walkouts, bool rehearsal);
wire::WalkoutPage walkout_page(const strike::Walkout& walkout, const std::vector<strike::PublicSite>& sites, const Spoken& spoken, bool rehearsal);

struct SheetFacts {
    const strike::Walkout& walkout;
    const strike::Plan& plan;
    std::vector<store::SignedUp> people{};           ///< in order of post
    std::map<std::string, std::string> organisers{}; ///< their names, by member number
    std::vector<Date> supervised{};                  ///< days on which the law requires a picket supervisor
    bool rehearsal = false;
    Spoken spoken{};
    service::PicketingLaw law{};
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
