#pragma once

#include "shared/base/names.hpp"
#include "shared/base/time.hpp"

#include <array>
#include <initializer_list>
#include <span>
#include <string>
#include <string_view>
#include <utility>

namespace walkout::ballot {

enum class Language { en, cy };
constexpr auto enum_names(Language) { return std::to_array<std::pair<Language, std::string_view>>({{Language::en, "en"}, {Language::cy, "cy"}}); }

/// Every phrase that we say in both languages, by what it says. The words are in catalogue.cpp, one row a phrase.
enum class Phrase {
    // The voting paper. These words are bound by every election (protocol.md 2.4): another wording is another version of the paper.
    paper,
    paper_rehearsal,
    paper_not_lawful,
    paper_consultative,
    paper_dispute,
    paper_matters,
    paper_question,
    paper_types,
    paper_periods,
    paper_answer,
    paper_scrutineer,
    paper_return_to,
    paper_arrive_before,
    paper_called_by,
    // Answering it.
    paper_number,
    paper_number_elsewhere,
    question_of,
    answer_yes,
    answer_no,
    answer_blank,
    leave_blank,
    your_answer,
    answer_unclear,
    check_answers,
    extended,
    // The result.
    met,
    not_met,
    mandate_begin_by,
    mandate_until,
    no_mandate,
    reason_thresholds,
    reason_consultative,
    reason_overseas,
    need_turnout,
    need_support,
    need_majority,
    need_majority_of_valid,
    warning_tiny,
    warning_unanimous,
    warning_bases_differ,
    result_subject,
    result_page,
    report_signed,
    report_due,
    report_not_asked_for,
    addendum_made,
    // A walkout and the papers of its pickets.
    called_workplaces,
    called_categories,
    walkout_suspended,
    walkout_ended,
    suspended_means,
    ended_means,
    what_strike,
    what_action_short,
    covers_clock,
    covers_commencing,
    covers_hybrid,
    role_walkout,
    role_arrivals,
    role_late,
    role_night,
    role_return,
    nobody_yet,
    none_yet,
    more_needed,
    rota_unpublished,
    rota_published,
    rota_changed,
    card_supervisor,
    card_organiser,
};

/// One row: both languages have the same {placeholders}. An empty `cy` was not translated with confidence, and is said in English.
struct Entry {
    Phrase phrase;
    std::string_view en;
    std::string_view cy;
};
std::span<const Entry> catalogue();

/// The phrase with each {name} replaced by its value. Throws std::logic_error for a phrase without a row.
std::string say(Language language, Phrase phrase, std::initializer_list<std::pair<std::string_view, std::string>> values = {});

/// As words() of shared/base/time.hpp; in Welsh "dydd Mawrth 5 Tachwedd 2013" and "12:00, dydd Mawrth 5 Tachwedd 2013".
std::string words_in(Language language, Date day);
std::string words_in(Language language, WallTime wall);

} // namespace walkout::ballot
