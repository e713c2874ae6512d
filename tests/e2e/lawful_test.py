"""The law on a running server: rules that an official records, Northern Ireland beside Great Britain, mandates employer by employer, planning by dialogue."""

import contextlib
import json
import os
import pty
import re
import select
import signal
import subprocess
import time
import unittest

import harness
from harness import members, plan

EMPLOYERS = ("Hampshire Probation Trust", "Wales Probation Trust")
STATEMENT = "Invented words that stand for those of the Order,\nwhich this project has not read."


def law(*words, allow=(0,)):
    """The client with no server and no home: the law is offline."""
    done = subprocess.run([harness.BIN / "walkout", *words], text=True, capture_output=True, timeout=60, env={"PATH": "/usr/bin", "HOME": "/nonexistent"})
    if done.returncode not in allow:
        raise AssertionError(f"walkout {' '.join(words)}: exit {done.returncode}\n{done.stdout}{done.stderr}")
    return done


class OfflineTest(unittest.TestCase):
    def test_figures_are_judged_under_the_rules_of_their_day_with_every_sum(self):
        done = law("law", "outcome", "--jurisdiction", "GB", "--opened", "2022-05-03", "--entitled", "90", "--yes", "30", "--no", "6", "--spoiled", "1")
        self.assertIn("2×37 ≥ 90? no", done.stdout)
        self.assertIn("Not supported.", done.stdout)
        judged = json.loads(law("law", "outcome", "--opened", "2013-10-07", "--yes", "30", "--no", "6", "--spoiled", "1", "--json").stdout)
        self.assertIs(judged["supported"], True)
        abroad = law("law", "outcome", "--jurisdiction", "NI", "--opened", "2022-10-21", "--yes", "30", "--no", "6", "--spoiled", "1")
        self.assertIn("was not read in the enactment: verify it first", " ".join(abroad.stdout.split()))
        refused = law("law", "outcome", "--opened", "2022-05-03", "--yes", "30", "--no", "6", "--spoiled", "1", allow=(1,))
        self.assertIn("entitled_missing", refused.stderr)
        self.assertIn("not_covered", law("law", "rules", "--on", "2006-05-11", allow=(1,)).stderr)

    def test_what_changed_between_two_days_is_told_rule_by_rule(self):
        changes = json.loads(law("law", "diff", "2026-02-17", "2026-02-18", "--json").stdout)["changes"]
        self.assertEqual([change["rule"] for change in changes],
                         ["support_threshold", "important_public_services", "ballot_notice_contents", "voting_paper", "statutory_statement", "result_figures",
                          "mandate", "action_notice_days", "action_notice_contents", "dismissal_protection", "detriment_protection", "picket_supervisor"])
        self.assertIn("Nothing.", law("law", "diff", "2026-02-17", "2026-02-18", "--jurisdiction", "NI").stdout)

    def test_the_fastest_and_the_latest_timetable(self):
        fastest = json.loads(law("law", "timetable", "--today", "2026-03-02", "--json").stdout)
        self.assertEqual((fastest["opening_day"], fastest["ballot_date"], fastest["earliest_action"], fastest["mandate_day"]),
                         ("2026-03-09", "2026-03-16", "2026-03-26", "2027-03-15"))
        latest = json.loads(law("law", "timetable", "--act-on", "2026-06-01", "--today", "2026-03-02", "--json").stdout)
        self.assertEqual((latest["ballot_notice_by"], latest["opening_day"], latest["ballot_date"], latest["earliest_action"], latest["lawful"]),
                         ("2026-05-08", "2026-05-15", "2026-05-22", "2026-06-01", True))
        late = law("law", "timetable", "--act-on", "2026-03-20", "--today", "2026-03-02", allow=(1,))
        self.assertIn("action can start on Thursday 26 March 2026 at the earliest", " ".join(late.stdout.split()))


class LawfulTest(harness.WorldTest):
    def test_northern_ireland_beside_great_britain_is_two_ballots_of_one_dispute(self):
        world = self.world(clock="2026-09-01T08:00:00Z").begin()
        gs = world.person("gs")
        world.import_register(members(20, EMPLOYERS[0]) + members(20, "Belfast Board", branch="Belfast", workplace="Lanyon Place", first=21))
        britain = plan("dispute-gb", "2026-09-21T09:00", "2026-10-05T17:00", "2026-09-04", methods=["post"], statutory=None, important_public_service=None,
                       entitled={"employers": [EMPLOYERS[0]]}, aggregate_ground="employers")
        north = {**britain, "id": "dispute-ni", "jurisdiction": "NI", "entitled": {"employers": ["Belfast Board"]}}
        world.plan(britain)
        self.assert_refused(1, "walkout law set statutory_statement --jurisdiction NI", world.plan, north)
        words = ("--jurisdiction", "NI", "--from", "2010-04-01", "--file", gs.file("statement.txt", STATEMENT))
        self.assert_refused(2, "--source", gs.run, "law", "set", "statutory_statement", *words)
        said = gs.run("law", "set", "statutory_statement", *words, "--source", "NI Order 1995, invented for a test").stdout
        self.assertIn("Ballots already opened keep the law", said)
        self.assert_refused(1, "rule_verified", gs.run, "law", "set", "turnout_threshold", "--jurisdiction", "NI", "--from", "2020-01-01", "--value", "1/2",
                            "--source", "nothing")
        world.plan(north)
        shown = {name: gs.json("ballot", "show", name) for name in ("dispute-gb", "dispute-ni")}
        self.assertIn(" ".join(STATEMENT.split()), shown["dispute-ni"]["paper_en"])
        self.assertNotIn(" ".join(STATEMENT.split()), shown["dispute-gb"]["paper_en"])
        dates = {name: gs.json("ballot", "timetable", name)["law"] for name in shown}
        self.assertEqual([dates[name]["mandate"] for name in shown], ["expires_end_of", "begin_by"])
        self.assertEqual([dates[name]["mandate_day"] for name in shown], ["2027-10-04", "2026-11-01"])
        self.assertEqual([dates[name]["scrutineer_statutory"] for name in shown], [False, False])
        self.assertIn("rules_not_verified", [warning["code"] for warning in dates["dispute-ni"]["warnings"]])
        self.assertIn("one_dispute", [w["code"] for w in gs.json("ballot", "timetable", "dispute-ni")["law"]["warnings"]])
        offline = gs.json("law", "rules", "--on", "2026-10-01", "--jurisdiction", "NI", "--recorded")["rules"]
        self.assertEqual([r["statement"] for r in offline if r["topic"] == "statutory_statement"], [" ".join(STATEMENT.split())])
        self.assertEqual(len(gs.json("law", "recorded")["settings"]), 1)

    def test_the_repeal_of_the_turnout_test_reaches_a_planned_ballot_and_the_timetable_is_a_calendar(self):
        world = self.world(clock="2026-09-01T08:00:00Z").begin()
        gs = world.person("gs")
        world.import_register(members(20, EMPLOYERS[0]))
        world.plan(plan("autumn", "2026-09-21T09:00", "2026-10-05T17:00", "2026-09-04", methods=["post"]))
        self.assertTrue(any("50%" in rule for rule in gs.json("ballot", "show", "autumn")["rules"]))
        said = gs.run("law", "commence", "turnout_repeal", "--from", "2026-09-21", "--instrument", "S.I. 2026/9999 (invented)").stdout
        self.assertIn("It applies to autumn", said)
        self.assertFalse(any("50%" in rule for rule in gs.json("ballot", "show", "autumn")["rules"]))
        calendar = gs.run("ballot", "timetable", "autumn", "--ics").stdout
        days = re.findall(r"DTSTART;VALUE=DATE:(\d+)", calendar)
        self.assertEqual(days, sorted(days))
        self.assertIn("20260914", days, "the notice of ballot, seven days before")
        self.assertEqual(len(re.findall(r"^UID:", calendar, re.M)), len(set(re.findall(r"^UID:.*(?:\r?\n .*)*", calendar, re.M))))

    def test_a_general_secretary_plans_by_answering_questions(self):
        world = self.world(clock="2026-09-01T08:00:00Z").begin()
        gs = world.person("gs")
        world.import_register(members(20, EMPLOYERS[0]))
        answers = {
            "Short name": "talked", "Name of the union": "Probation Union",
            "Title of the ballot": "A ballot by questions", "The trade dispute": "Pay", "Independent scrutineer": "Invented Scrutiny Ltd",
            "Address to which": "6 Invented Street", "Types of action": "a ban on overtime; working to rule", "Ask about action short": "yes",
            "Three trustees": "scrutineer; union; outsider", "Voting opens": ["2026-09-05T09:00", "2026-09-14T09:00"], "Voting closes": "2026-10-05T12:00",
            "Plan this ballot": "yes",
        }
        abroad = {**answers, "Jurisdiction": "NI"}
        with self.assertRaises(AssertionError) as refused:
            talk(gs, ["ballot", "plan", "--keep", str(gs.home / "abroad.json")], abroad)
        self.assertIn("law_not_verified", str(refused.exception))
        self.assertEqual(json.loads((gs.home / "abroad.json").read_text())["jurisdiction"], "NI", "what was answered is kept")
        answers["Voting opens"] = ["2026-09-05T09:00", "2026-09-14T09:00"]
        answers["Three trustees"] = ["scrutineer", "scrutineer; union; outsider"]
        answers["First day of action"] = ["yesterday", "2026-09-10", "2026-10-15"]
        said = talk(gs, ["ballot", "plan", "--keep", str(gs.home / "talked.json")], answers)
        self.assertIn("Write a date such as 2027-01-20.", said)  # asked again at once
        self.assertIn("Name 2 to 9 different people", said)
        self.assertIn("Action from Thursday 10 September 2026 cannot be had", " ".join(said.split()))
        self.assertIn("The latest dates for action from Thursday 15 October 2026", " ".join(said.split()))
        self.assertIn("Not possible: To open on Saturday 5 September 2026, every employer must receive", " ".join(said.split()))
        self.assertIn("TULRCA s.226A(1)(a)", said)
        kept = json.loads((gs.home / "talked.json").read_text())
        self.assertEqual((kept["opens"], kept["aggregate_ground"], kept["questions"][1]["types_of_action"]),
                         ("2026-09-14T09:00", "employers", ["a ban on overtime", "working to rule"]))
        self.assertEqual(gs.json("ballot", "timetable", "talked")["law"]["ballot_date"], "2026-10-05")

    def test_a_mandate_is_lengthened_towards_one_employer_and_the_call_follows_each_employers_own_clock(self):
        world = self.world(clock="2013-09-02T08:00:00Z").begin()
        gs = world.person("gs")
        world.import_register(members(10, EMPLOYERS[0]) + members(10, EMPLOYERS[1], branch="Cymru", workplace="Cathays", first=11))
        held = plan("october", "2013-09-30T09:00", "2013-10-18T12:00", "2013-09-10", as_if_lawful=["online"])
        codes = world.open(held, EMPLOYERS)
        world.cast("october", codes, {f"M{n:04}": ("yes", "no") for n in range(1, 11)})
        world.close_and_declare(held)
        self.assertIn("not told the result yet", gs.run("mandate", "list", "october").stdout)
        world.receipts("october", EMPLOYERS, "result", "2013-10-18")
        clocks = gs.json("mandate", "list", "october")["clocks"]
        self.assertEqual([(c["employer"], c["last_day"], c["notice_by"], c["earliest_action"]) for c in clocks],
                         [(e, "2013-11-14", "2013-11-07", "2013-10-25") for e in EMPLOYERS])
        agreed = ("--employer", EMPLOYERS[1], "--made-on", "2013-10-18", "--evidence", "letter of 18 October, signed by both")
        self.assert_refused(1, "mandate_too_long", gs.run, "mandate", "extend", "october", "--until", "2013-12-13", *agreed)
        gs.run("mandate", "extend", "october", "--until", "2013-12-12", *agreed)
        self.a_notice_of_action_names_its_dates_and_covers_these_alone(world)
        world.receipts("october", EMPLOYERS, "action", "2013-10-18", "--first-day", "2013-11-20", "--last-day", "2013-11-21")
        call = ("strike", "call", "--ballot", "october", "--id", "november", "--start", "2013-11-20T12:00", "--end", "2013-11-21T12:00")
        self.assert_refused(1, "mandate_begin_passed", gs.run, *call)
        self.assertIn(EMPLOYERS[1], gs.run(*call, "--leave-out-unready").stdout)

        # A receipt that was wrong is withdrawn, and the walkout that was called on it is named.
        told, = (r for r in gs.json("notice", "list", "october")["receipts"] if (r["kind"], r["employer"]) == ("result", EMPLOYERS[1]))
        withdraw = ("notice", "receipt", "october", "--withdraw", told["number"])
        self.assert_refused(1, "--reason", gs.run, *withdraw)
        said = " ".join(gs.run(*withdraw, "--reason", "Delivered on the 21st; the 18th was a slip.").stdout.split())
        self.assertIn("withdrawn by gs", said)
        self.assertIn("Check: Walkout november", said)
        self.assertIn(f"without it: {EMPLOYERS[1]} has not been told the result", said)
        clocks = {c["employer"]: c.get("result_told") for c in gs.json("mandate", "list", "october")["clocks"]}
        self.assertEqual(clocks, {EMPLOYERS[0]: "2013-10-18", EMPLOYERS[1]: None})
        world.receipts("october", EMPLOYERS[1:], "result", "2013-10-18")
        self.assertNotIn("Check:", gs.run("notice", "list", "october").stdout)
        order = ("mandate", "extend", "october", "--employer", EMPLOYERS[0], "--court-order", "--made-on", "2013-10-18", "--evidence", "order, file 3")
        self.assert_refused(1, "--forbidden-from", gs.run, *order, "--until", "2030-12-01")
        self.assert_refused(1, "mandate_too_long", gs.run, *order, "--until", "2013-11-16", "--forbidden-from", "2013-10-18", "--forbidden-to", "2013-10-18")
        gs.run(*order, "--until", "2013-11-15", "--forbidden-from", "2013-10-18", "--forbidden-to", "2013-10-18")

    def a_notice_of_action_names_its_dates_and_covers_these_alone(self, world):
        gs = world.person("gs")
        which = ("october", "--kind", "action", "--employer", EMPLOYERS[0])
        dates = ("--on", "2013-11-04", "--on", "2013-11-06", "--on", "2013-11-08")
        drafted = gs.json("notice", "show", *which, *dates, "--format", "json")
        self.assertEqual((drafted["action"], drafted["action_dates"], "too_early" in drafted),
                         ("a strike", ["Monday 4 November 2013", "Wednesday 6 November 2013", "Friday 8 November 2013"], False))
        page = " ".join(re.sub(r"<[^>]+>", "", gs.run("notice", "show", *which, *dates).stdout).split())
        self.assertIn("intended to be discontinuous. The intended dates for any of the affected employees to take part in the action: Monday 4", page)
        page = " ".join(re.sub(r"<[^>]+>", "", gs.run("notice", "show", *which, "--continuous", "--from", "2013-11-04").stdout).split())
        self.assertIn("intended to be continuous. The intended date for any of the affected employees to begin to take part in the action: Monday 4", page)
        self.assertNotIn("Tuesday 5", page)
        early = gs.run("notice", "show", *which, "--on", "2013-10-24", *dates)
        self.assertIn("allows action from Friday 25 October 2013, not on Thursday 24 October 2013", " ".join(early.stderr.split()))
        self.assert_refused(1, "action_notice_short", gs.run, "notice", "serve", *which, "--on", "2013-10-24", *dates, "--how", "by hand")
        self.assert_refused(1, "notified with the date on which it begins", gs.run, "notice", "serve", *which, "--from", "2013-11-04", "--how", "by hand")

        gs.run("notice", "serve", *which, *dates, "--mail", "hr@trust.example")
        until = time.monotonic() + 30
        while not (mails := [harness.text_of(m) for m in harness.mails(world.outbox).values() if "hr@trust.example" in m["To"]]):
            self.assertLess(time.monotonic(), until, "the notice leaves")
            time.sleep(0.05)
        path, code = re.search(r"https://[^/]+(\S+)", mails[0])[1], re.search(r"with this code: (\S+)", mails[0])[1]
        status, _, _ = world.request("POST", path, f"code={code}&name=H.+Resources".encode(), {"Content-Type": "application/x-www-form-urlencoded"})
        self.assertEqual(status, 200)
        received, = (r for r in gs.json("notice", "list", "october")["receipts"] if r["kind"] == "action")
        self.assertEqual(received["action"], {"kind": "strike", "course": "discontinuous", "dates": ["2013-11-04", "2013-11-06", "2013-11-08"]})

        def call(name, start, end):
            return ("strike", "call", "--ballot", "october", "--id", name, "--start", start, "--end", end, "--leave-out-unready")

        said = self.assert_refused(1, "dates_not_notified", gs.run, *call("noon", "2013-11-04T12:00", "2013-11-05T12:00"))
        self.assertIn("does not name Tuesday 5 November 2013, a day that the action touches", said.words)
        self.assertIn("--end 2013-11-05T00:00", said.words)
        self.assert_refused(1, "dates_not_notified", gs.run, *call("tuesday", "2013-11-05T09:00", "2013-11-05T17:00"))
        called = gs.json(*call("wednesday", "2013-11-06T00:00", "2013-11-07T00:00"))
        self.assertEqual([part["employer"] for part in called["called"]], [EMPLOYERS[0]])
        self.assert_refused(1, "notified with the date on which it begins", gs.run, "notice", "show", *which, "--continuous")


def talk(person, words, answers):
    """Runs a command at a terminal of its own and answers each question by its first words; Enter where no answer is given. Returns what it said."""
    pid, terminal = pty.fork()
    if pid == 0:
        os.execve(person.walkout, [person.walkout, *words], person.environment)
    said, answered, until = "", 0, time.monotonic() + 60
    while True:
        if time.monotonic() > until:
            os.kill(pid, signal.SIGKILL)
            os.waitpid(pid, 0)
            raise AssertionError(f"walkout {' '.join(words)} waits for something else:\n{said}")
        if not select.select([terminal], [], [], 0.1)[0]:
            question = re.split(r"[\r\n]", said[answered:])[-1]
            if question.rstrip().endswith((":", "[yes/no]")):
                answered = len(said)
                found = next((a for start, a in answers.items() if question.strip().startswith(start)), "")
                if isinstance(found, list):
                    found = found.pop(0) if found else ""
                os.write(terminal, (found + "\n").encode())
            continue
        with contextlib.suppress(OSError):
            piece = os.read(terminal, 65536).decode(errors="replace")
            if piece:
                said += piece
                continue
        break
    status = os.waitpid(pid, 0)[1]
    if os.waitstatus_to_exitcode(status) != 0:
        raise AssertionError(f"walkout {' '.join(words)}: exit {os.waitstatus_to_exitcode(status)}\n{said}")
    return said


if __name__ == "__main__":
    unittest.main()
