// Register files: every row is counted once, and what is good is in its stored form.

#include "shared/ballot/csv.hpp"
#include "shared/ballot/register_csv.hpp"
#include "tests/fuzz/targets.hpp"

#include <cstdlib>
#include <set>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    using namespace walkout;
    fuzz::Input input(data, size);
    const auto kind = enum_names(ballot::RegisterKind{})[input.byte() % 4].first;
    const auto text = ballot::decode_text(input.rest());
    if (!text) return 0;
    if (!ballot::is_utf8(*text)) std::abort();
    (void)ballot::parse_csv(*text);
    const auto file = ballot::read_register(kind, *text);
    if (!file) return 0;
    if (file->rows != static_cast<std::int64_t>(file->good.size()) + file->rejected) std::abort();
    if (file->rejected > 0 && file->problems.empty()) std::abort();
    const auto columns = ballot::register_columns(kind);
    std::set<ballot::RegisterValues> keys;
    for (const auto& row : file->good) {
        if (row.values.size() != columns.size()) std::abort();
        if (!keys.insert(ballot::key_of(kind, row)).second) std::abort(); // one key twice
        const auto stored = ballot::merged(row, {});
        for (std::size_t i = 0; i < columns.size(); ++i) {
            if (columns[i].required && row.values[i] && stored[i].empty()) std::abort();
            if (stored[i].empty() || columns[i].check == nullptr) continue;
            const auto again = columns[i].check(stored[i]);
            if (!again || *again != stored[i]) std::abort(); // not a stored form: a second import would see a change
        }
    }
    for (const auto& note : file->problems)
        if (ballot::sentence(note).empty()) std::abort();
    return 0;
}
