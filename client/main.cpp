#include "client/cli/command.hpp"
#include "client/cli/law_command.hpp"
#include "client/cli/picket_command.hpp"
#include "client/cli/strike_command.hpp"

int main(int argc, char** argv)
{
    using namespace walkout::cli;
    return run(argc, argv, [](CLI::App& app, Session& session) {
        add_law_commands(app, session);
        add_strike_commands(app, session);
        add_picket_commands(app, session);
    });
}
