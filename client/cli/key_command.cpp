#include "client/cli/key_command.hpp"

#include "shared/crypto/system_random.hpp"
#include "shared/protocol/spoken.hpp"

namespace walkout::cli {
namespace {

std::filesystem::path key_file(const Folders& folders) { return folders.data / "signing-key"; }

void show(Session& session, const SigningKey& key)
{
    const auto public_key = hex(key.public_key());
    session.terminal().say("Its eight words, which the trustees of a ballot compare: " + protocol::spoken_fingerprint(public_key));
    session.show("{\"public_key\":\"" + public_key + "\"}", public_key);
}

Result<Exit> make(Session& session)
{
    const auto file = key_file(session.folders());
    if (std::filesystem::exists(file))
        return Refusal{Kind::conflict, "key_exists", "You have a signing key already: " + file.string() + ".",
                       "See its public half with 'walkout key show'. To replace it, move the file away first; you must then be enrolled again."};
    SystemRandom random;
    const auto key = SigningKey::make(random);
    const Secret content(hex(key.reveal_seed()) + "\n");
    write_private(file, content.reveal());
    session.terminal().say("Made your signing key: " + file.string() +
                           " (keep it, and keep it to yourself).\nGive its public half to the operator, who enrols you with 'walkoutd "
                           "official add --signing-key':");
    show(session, key);
    return Exit::done;
}

} // namespace

Result<SigningKey> load_signing_key(const Folders& folders)
{
    const auto file = key_file(folders);
    const auto content = read_secret_file(file);
    if (!content)
        return Refusal{Kind::not_found, "no_signing_key", "You have no signing key on this device.",
                       "Make one with 'walkout key new' and have it enrolled."};
    const auto seed = content->reveal().size() == 65 && content->reveal().back() == '\n' ? from_hex(content->reveal().substr(0, 64)) : std::nullopt;
    auto key = seed ? SigningKey::from_seed(*seed) : std::nullopt;
    if (!key) return Refusal{Kind::invalid, "wrong_signing_key", file.string() + " does not hold a signing key.", "Restore it from your copy."};
    return *std::move(key);
}

void add_key_commands(Command app, Session& session)
{
    auto group = app.add_subcommand("key", "An official's signing key, on this device");
    group.require_subcommand();
    on_run(group.add_subcommand("new", "Make it, and print its public half"), session, [&session] { return make(session); });
    on_run(group.add_subcommand("show", "Print its public half"), session, [&session]() -> Result<Exit> {
        const auto key = load_signing_key(session.folders());
        if (!key) return key.error();
        show(session, *key);
        return Exit::done;
    });
}

} // namespace walkout::cli
