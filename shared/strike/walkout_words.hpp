#pragma once

#include "shared/ballot/catalogue.hpp"
#include "shared/strike/picket.hpp"

#include <string>
#include <vector>

namespace walkout::strike {

// A walkout in the words of either language. English is as words() of moment.hpp and walkout.hpp; Welsh puts labels and figures, so that no value needs
// a mutation: "11:45-13:00, dydd Mawrth 5 Tachwedd 2013" (with an en dash).

std::string words_in(ballot::Language language, const Moment& from, const Moment& to, const Zone& zone);
std::string words_in(ballot::Language language, const Walkout& walkout);
std::string words_in(ballot::Language language, PostRole role); ///< with a capital letter

/// Whom a call reaches at one employer, by the rule of the ballot that it rests on. An empty list does not limit.
struct Reach {
    std::string employer;
    std::vector<std::string> workplaces;
    std::vector<std::string> categories;
};
/// "Hampshire Probation Trust, only at: Andover Road, Southampton"
std::string words_in(ballot::Language language, const Reach& reach);

} // namespace walkout::strike
