// The decrypted content of the files that hold secrets, which have a reader of their own: whatever is accepted is written back and accepted again, the
// same.

#include "shared/wire/client_files.hpp"
#include "shared/wire/secret_json.hpp"
#include "tests/fuzz/targets.hpp"

#include <cstdlib>

using namespace walkout;

namespace {

template <class File> void round_trip(std::string_view text)
{
    const auto file = wire::from_secret_json<File>(text);
    if (!file) return;
    const auto written = wire::to_secret_json(*file);
    const auto again = wire::from_secret_json<File>(written.reveal());
    if (!again || wire::to_secret_json(*again).reveal() != written.reveal()) std::abort();
}

wire::TrusteeFile right_one(const wire::TrusteeFile*)
{
    wire::TrusteeFile file;
    file.ballot = "autumn";
    file.trustees = {"one", "two \"and\" \n three"};
    file.approvers.resize(1);
    file.seed = Secret(std::string("invented seed"));
    file.decrypted = {{"a", "b"}};
    return file;
}

wire::VaultFile right_one(const wire::VaultFile*)
{
    wire::VaultFile file;
    file.title = "Autumn";
    file.constituencies.resize(2);
    file.constituencies[0].live.resize(1);
    file.constituencies[1].spares.resize(2);
    return file;
}

template <class File> void try_both_ways(fuzz::Input& input, bool raw)
{
    static const auto right = wire::to_secret_json(right_one(static_cast<const File*>(nullptr)));
    round_trip<File>(raw ? std::string(input.rest()) : fuzz::edited(right.reveal(), input, 8));
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    fuzz::Input input(data, size);
    const auto which = input.byte() % 4;
    if (which < 2) try_both_ways<wire::TrusteeFile>(input, which == 0);
    else try_both_ways<wire::VaultFile>(input, which == 2);
    return 0;
}
