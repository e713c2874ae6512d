#include "client/cli/law_book.hpp"

#include "client/cli/options.hpp"
#include "shared/wire/law_messages.hpp"

#include <algorithm>
#include <chrono>

namespace walkout::cli {
namespace {

Result<law::Amendment> supposed(const std::string& text)
{
    const auto equals = std::min(text.find('='), text.size());
    const auto provision = from_name<law::Provision>(std::string_view(text).substr(0, equals));
    const auto from = equals == text.size() ? std::nullopt : parse_date(std::string_view(text).substr(equals + 1));
    if (!provision || !from)
        return Refusal{.kind = Kind::malformed,
                       .code = "commencement_malformed",
                       .detail = "\"" + text + "\" does not name a provision and a date.",
                       .next = "Write it as online=2026-11-01; the provisions are online, hybrid, workplace and turnout_repeal."};
    law::Amendment amendment{.provision = *provision, .from = *from, .instrument = "--commenced on the command line"};
    if (const auto possible = law::check(amendment); !possible) return possible.error();
    return amendment;
}

/// A server of another version may know values that this program cannot read: then its own refusal says so.
Result<law::Setting> setting_of(const wire::SettingView& recorded)
{
    auto value = law::parse_value(recorded.rule, recorded.value);
    if (!value) return value.error();
    return law::Setting{
        .jurisdiction = recorded.jurisdiction, .topic = recorded.rule, .from = recorded.from, .value = *value, .source = recorded.source};
}

} // namespace

law::Jurisdiction AskedLaw::where() const { return *from_name<law::Jurisdiction>(jurisdiction); }

std::shared_ptr<AskedLaw> add_asked_law(Command command)
{
    auto asked = value<AskedLaw>();
    command.add_option("--jurisdiction", asked->jurisdiction, "GB or NI").check(names_of<law::Jurisdiction>()).shows_default();
    command.add_option("--commenced", asked->commenced,
                       "as if this had been commenced: online, hybrid, workplace or turnout_repeal, with its date "
                       "(online=2026-11-01); may be repeated");
    command.add_flag("--recorded", asked->recorded, "also what officials have recorded on the server");
    return asked;
}

Result<law::Rulebook> book_of(Session& session, const AskedLaw& asked)
{
    std::vector<law::Amendment> amendments;
    std::vector<law::Setting> settings;
    if (asked.recorded) {
        const auto api = session.api();
        if (!api) return api.error();
        const auto records = (*api)->get<wire::LawRecords>("/api/v1/law/records");
        if (!records) return records.error();
        for (const auto& recorded : records->commencements)
            amendments.push_back({.provision = recorded.provision, .from = recorded.from, .instrument = recorded.instrument});
        for (const auto& recorded : records->settings) {
            auto setting = setting_of(recorded);
            if (!setting) return setting.error();
            settings.push_back(*std::move(setting));
        }
    }
    for (const auto& text : asked.commenced) {
        auto amendment = supposed(text);
        if (!amendment) return amendment.error();
        amendments.push_back(*std::move(amendment));
    }
    return law::Rulebook(amendments, settings);
}

Date machine_today()
{
    return law::zone_of(law::Jurisdiction::great_britain).date(std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now()));
}

} // namespace walkout::cli
