#include "client/cli/archive_command.hpp"
#include "client/cli/ballot_command.hpp"
#include "client/cli/cast_file_command.hpp"
#include "client/cli/challenge_command.hpp"
#include "client/cli/clock_command.hpp"
#include "client/cli/codes_command.hpp"
#include "client/cli/command.hpp"
#include "client/cli/document_command.hpp"
#include "client/cli/key_command.hpp"
#include "client/cli/law_command.hpp"
#include "client/cli/login_command.hpp"
#include "client/cli/mandate_command.hpp"
#include "client/cli/member_command.hpp"
#include "client/cli/notice_command.hpp"
#include "client/cli/paper_command.hpp"
#include "client/cli/picket_command.hpp"
#include "client/cli/postal_command.hpp"
#include "client/cli/receipt_command.hpp"
#include "client/cli/report_command.hpp"
#include "client/cli/result_command.hpp"
#include "client/cli/strike_command.hpp"
#include "client/cli/trustee_command.hpp"
#include "client/cli/turnout_command.hpp"
#include "client/cli/vote_command.hpp"

int main(int argc, char** argv)
{
    using namespace walkout::cli;
    return run(argc, argv, [](Command app, Session& session) {
        add_login_commands(app, session);
        add_ballot_commands(app, session);
        add_vote_commands(app, session);
        add_paper_command(app, session);
        add_challenge_command(app, session);
        add_cast_file_command(app, session);
        add_receipt_commands(app, session);
        add_archive_commands(app, session);
        add_turnout_command(app, session);
        add_result_commands(app, session);
        add_report_commands(app, session);
        add_strike_commands(app, session);
        add_picket_commands(app, session);
        add_exemption_commands(app, session);
        add_member_commands(app, session);
        add_notice_commands(app, session);
        add_document_commands(app, session);
        add_key_commands(app, session);
        add_codes_commands(app, session);
        add_postal_commands(app, session);
        add_trustee_commands(app, session);
        add_mandate_commands(app, session);
        add_law_commands(app, session);
        add_clock_commands(app, session);
    });
}
