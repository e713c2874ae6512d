#include "client/cli/trustee_copy.hpp"

#include "client/cli/trustee_seat.hpp"

namespace walkout::cli {
namespace {

namespace fs = std::filesystem;

struct Options {
    std::string ballot;
    std::string file;
    std::string passphrase_file;
};

/// Whose file it is and that its share is the one the ballot's key was made with.
Result<std::string> good_share(const Seated& seat)
{
    const auto& file = seat.file;
    const auto whose = "the file of " + seat_words(file) + ", ballot " + file.ballot + " (" + file.title + ")";
    if (file.share.empty())
        return Refusal{Kind::conflict, "no_share", "This is " + whose + ", but it holds no share yet.",
                       "It was copied before the ceremony ended. Finish the ceremony, then copy again: walkout trustee copy " + file.ballot +
                           " --to FILE"};
    const auto share = protocol::share_from_text(seat.group(), file.share.reveal());
    if (!share || seat.group().text(seat.group().secret_power(seat.group().generator(), *share)) != file.public_key)
        return Refusal{Kind::invalid, "wrong_share", "This is " + whose + ", but its share does not fit its public key.", "Use another copy."};
    return "This is " + whose +
           ".\nThe passphrase opens it, and its share fits the public key made at the ceremony: " + std::to_string(file.threshold) + " of " +
           std::to_string(file.trustees.size()) + " such shares decrypt.\n" +
           (file.decrypted.empty() ? "It has decrypted nothing yet."
                                   : "It has decrypted " + std::to_string(file.decrypted.size()) +
                                         (file.decrypted.size() == 1 ? " total, and will never decrypt another of that election."
                                                                     : " totals, and will never decrypt others of those elections."));
}

Result<Seated> open_copy(Session& session, const Options& options, Secret& passphrase_out)
{
    const LockedFile<wire::TrusteeFile> locked{options.file, trustee_magic};
    if (!locked.exists())
        return Refusal{Kind::not_found, "no_such_file", "There is no file " + options.file + ".", "Give the path of a trustee file."};
    auto secret = passphrase(session, options.passphrase_file, false);
    if (!secret) return secret.error();
    auto file = locked.open(*secret);
    if (!file) return file.error();
    passphrase_out = *std::move(secret);
    return seated(*std::move(file));
}

std::string to_json(const wire::TrusteeFile& file)
{
    return "{\"ballot\":\"" + file.ballot + "\",\"seat\":" + std::to_string(file.seat) + ",\"attempt\":" + std::to_string(file.attempt) +
           ",\"share\":true,\"decrypted\":" + std::to_string(file.decrypted.size()) + "}";
}

Result<Exit> check_share(Session& session, const Options& options)
{
    Secret secret;
    const auto seat = open_copy(session, options, secret);
    if (!seat) return seat.error();
    const auto words = good_share(*seat);
    if (!words) return words.error();
    session.show(to_json(seat->file), *words);
    return Exit::done;
}

Result<Exit> copy(Session& session, const Options& options)
{
    const auto locked = seat_file(session, options.ballot);
    const auto content = read_secret_file(locked.path);
    if (!content) return content.error();
    const fs::path to(options.file);
    if (fs::exists(to) && fs::equivalent(to, locked.path))
        return Refusal{Kind::invalid, "same_file", "That is the trustee file itself, not a copy of it.", "Name another place, best on another disk."};
    if (fs::is_directory(to)) return Refusal{Kind::invalid, "is_folder", options.file + " is a folder.", "Name the file that shall be made."};
    const auto secret = passphrase(session, options.passphrase_file, false);
    if (!secret) return secret.error();
    const auto mine = take_seat(session, options.ballot, *secret);
    if (!mine) return mine.error();
    if (const auto good = good_share(*mine); !good) return good.error();
    if (fs::exists(to)) { // an older copy of the same seat is renewed; anything else is left alone
        const auto there = LockedFile<wire::TrusteeFile>{to, trustee_magic}.open(*secret);
        if (!there || there->ballot != mine->file.ballot || there->seat != mine->file.seat)
            return Refusal{Kind::conflict, "file_exists", options.file + " is there already, and is no copy of this trustee file.",
                           "Name another file."};
    }
    write_private(to, content->reveal());
    const auto back = LockedFile<wire::TrusteeFile>{to, trustee_magic}.open(*secret); // read back: a copy nobody has opened is a hope
    if (!back || !wire::to_secret_json(*back).matches(wire::to_secret_json(mine->file)))
        return Refusal{Kind::invalid, "copy_differs", "The copy does not read back as it was written.", "Use another disk."};
    session.show(to_json(mine->file),
                 "The copy opens with your passphrase and holds your share. Keep it away from this machine, and the passphrase apart "
                 "from it.\nYou can try it at any time: walkout trustee check-share " +
                     options.file);
    return Exit::done;
}

Result<Exit> restore(Session& session, const Options& options)
{
    Secret secret;
    const auto seat = open_copy(session, options, secret);
    if (!seat) return seat.error();
    const auto words = good_share(*seat);
    if (!words) return words.error();
    const auto locked = seat_file(session, seat->file.ballot);
    if (locked.exists())
        return Refusal{Kind::conflict, "file_exists", "This machine holds a trustee file of that ballot already: " + locked.path.string() + ".",
                       "Nothing needs restoring. If that file is damaged, move it away first."};
    locked.write(seat->file, secret, session.random());
    session.show(to_json(seat->file), *words + "\nThis machine can now decrypt as " + seat_words(seat->file) +
                                          ".\nUse one machine only: what another one has decrypted since the copy was made is not in this file.");
    return Exit::done;
}

} // namespace

void add_trustee_copy_commands(Command trustee, Session& session)
{
    const auto add = [&](const char* name, const char* help, Result<Exit> (*run)(Session&, const Options&)) {
        auto command = trustee.add_subcommand(name, help);
        auto options = value<Options>();
        command.add_option("--passphrase-file", options->passphrase_file, "File (or -) whose first line is the passphrase of your trustee file");
        on_run(command, session, [&session, options, run] { return run(session, *options); });
        return std::pair(command, options);
    };
    const auto [copy_command, copy_options] = add("copy", "Make a second copy of your trustee file, and read it back", copy);
    copy_command.add_option("ballot", copy_options->ballot, "The ballot's id").required();
    copy_command.add_option("--to", copy_options->file, "Where the copy shall be").required();
    const auto [check_command, check_options] =
        add("check-share", "Try a copy: does the passphrase open it, and is the share in it right?", check_share);
    check_command.add_option("file", check_options->file, "The copy").required();
    const auto [restore_command, restore_options] = add("restore", "Bring a copy of your trustee file to this machine", restore);
    restore_command.add_option("file", restore_options->file, "The copy").required();
}

} // namespace walkout::cli
