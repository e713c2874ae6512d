"""Strike day: a noon-to-noon walkout of 2027 under a mandate of 2026, from the call to the attendance export, by the people whose steps they are."""

import concurrent.futures
import csv
import datetime
import email
import io
import json
import re
import threading
import time
import unittest
import zoneinfo

import geojson

import calendars
import harness
from harness import members
from strike_world import BALLOT, BRANCH, TRUST, WALKOUT, StrikeWorldTest

LONDON = zoneinfo.ZoneInfo("Europe/London")


def rows():
    return (members(20, TRUST, BRANCH, "Andover Road") + members(60, TRUST, BRANCH, "Southampton", first=21) +
            members(45, TRUST, BRANCH, "Portsmouth Hostel", first=81))


def instant(wall, **options):
    return int(datetime.datetime.fromisoformat(wall).replace(tzinfo=LONDON, **options).timestamp())


class Phones:
    """Members with a session each, who all press the button at the same moment: one process with many connections."""

    def __init__(self, world, numbers):
        self.world, self.numbers, self.tokens = world, list(numbers), {}
        asked = {}
        for number in self.numbers:
            status, reply = world.post("/api/v1/sign-in", {"number": number})
            assert status in (200, 201, 202), reply
            asked[f"{number.lower()}@members.example"] = (number, reply["challenge"])
        until = time.monotonic() + 30
        seen = set()
        while asked and time.monotonic() < until:
            for file in set(world.outbox.glob("[!.]*.eml")) - seen:
                seen.add(file)
                mail = email.message_from_bytes(file.read_bytes())
                address = mail["To"].strip("<>")
                code = re.search(r"sign-in code is ([0-9]{4}-[0-9]{4})", harness.text_of(mail))
                if code and address in asked:
                    number, challenge = asked.pop(address)
                    status, reply = world.post("/api/v1/sign-in/verify", {"challenge": challenge, "code": code[1]})
                    assert status in (200, 201), reply
                    self.tokens[number] = reply["token"]
            time.sleep(0.02)
        assert not asked, f"no code came for {sorted(asked)[:3]}"

    def ask(self, number, method, path, message=None):
        body = json.dumps(message).encode() if message is not None else b""
        status, _, reply = self.world.request(method, path, body, {"Authorization": f"Bearer {self.tokens[number]}"})
        return status, json.loads(reply) if reply.startswith(b"{") else reply.decode()

    def all_at_once(self, wanted):
        """wanted: {number: (method, path)}. Returns {number: (status, reply)}."""
        together = threading.Barrier(len(wanted))

        def press(number, method, path):
            together.wait()
            return number, self.ask(number, method, path)

        with concurrent.futures.ThreadPoolExecutor(len(wanted)) as pool:
            return dict(done.result() for done in [pool.submit(press, number, *what) for number, what in wanted.items()])


    def clients_at_once(self, wanted):
        """wanted: {number: (word, ...)} of `walkout`, whose session is where their own login would have left it. Returns {number: finished process}."""
        for number in wanted:
            state = self.world.person(number).home / "state" / "walkout"
            state.mkdir(mode=0o700, parents=True, exist_ok=True)
            self.world.person(number).file(state / "session", f"{self.world.url}\n{self.tokens[number]}\n")
        with concurrent.futures.ThreadPoolExecutor(len(wanted)) as pool:
            running = {number: pool.submit(self.world.person(number).run, *words, allow=(0, 7)) for number, words in wanted.items()}
            return {number: done.result() for number, done in running.items()}


class StrikeDayTest(StrikeWorldTest):
    def test_hampshire_from_the_call_to_the_strike_pay_list(self):
        self.world_ = world = self.world(clock="2026-09-01T08:00:00Z")
        world.begin({"chair-a": ("Ada Chair", "co_chair", BRANCH), "chair-b": ("Ben Chair", "co_chair", BRANCH)})
        self.mandate(world, rows()[:20])
        world.import_register(rows())  # a hundred and five join after the ballot, and may be called too
        self.calls(world)
        self.calendars_of_every_season(world)
        self.two_co_chairs_plan_at_once(world)
        self.phones = Phones(world, [row["number"] for row in rows()][:120])
        self.sixty_on_the_last_place(world)
        self.everyone_signs_up(world)
        self.a_swap_and_a_reserve(world)
        self.exempt(world)
        self.suspended_at_ten_the_night_before(world)
        self.six_hours_without_a_signal(world)
        self.afterwards(world)
        self.assertIn("whole", world.walkoutd("check").stdout)

    # ---- the call ----

    def calls(self, world):
        gs = world.person("gs")
        world.set_clock("2026-10-13T09:00:00Z")
        world.receipts(BALLOT, [TRUST], "result", "2026-10-06")
        self.assert_refused(1, "no notice of action", gs.run, "strike", "call", "--id", "early", "--ballot", BALLOT, "--noon", "2026-10-24")
        dates = ("--first-day", "2026-10-23", "--last-day", "2027-10-05")
        self.assert_refused(1, "action_kind_missing", world.receipts, BALLOT, [TRUST], "action", "2026-10-13", *dates)  # there are mandates for both
        world.receipts(BALLOT, [TRUST], "action", "2026-10-13", "--action", "strike", *dates)
        late = self.assert_refused(1, "mandate ends", gs.run, "strike", "call", "--id", "late", "--ballot", BALLOT, "--noon", "2027-10-04")
        self.assertIn("--end 2027-10-05T00:00", late.words, "it says what would be lawful")
        early = self.assert_refused(1, "allows action from", gs.run, "strike", "call", "--id", "early", "--ballot", BALLOT, "--noon", "2026-10-22")
        self.assertIn("--start 2026-10-23T00:00", early.words)
        for name, noon, hours in (("autumn", "2026-10-24", 25), (WALKOUT, "2027-01-13", 24), ("spring", "2027-03-27", 23), ("summer", "2027-06-15", 24)):
            called = gs.json("strike", "call", "--id", name, "--ballot", BALLOT, "--noon", noon)
            self.assertEqual(called["elapsed_minutes"], hours * 60)
            self.assertEqual(called["called"][0]["notice"], {"received": "2026-10-13", "first": "2026-10-23", "last": "2027-10-05"})
        self.assert_refused(7, "called out at that time already", gs.run, "strike", "call", "--id", "twice", "--ballot", BALLOT, "--noon", "2027-01-13")
        call_ban = ("strike", "call", "--id", "overtime-ban", "--ballot", BALLOT, "--kind", "action_short", "--start", "2026-11-02T00:00")
        self.assert_refused(1, "is of a strike, and this is action short of a strike", gs.run, *call_ban)
        world.receipts(BALLOT, [TRUST], "action", "2026-10-13", "--action", "action_short", "--continuous", "--from", "2026-11-02")
        world.receipts(BALLOT, [TRUST], "action", "2026-10-13", "--action", "action_short", "--on", "2026-10-28", "--on", "2026-10-26")
        self.assertIn("industrial action short of a strike, continuous from Monday 2 November 2026", gs.run("notice", "list", BALLOT).stdout)
        ban = gs.json("strike", "call", "--id", "overtime-ban", "--ballot", BALLOT, "--kind", "action_short", "--start", "2026-11-02T00:00")
        self.assertEqual((ban["end"], ban["continuous"]), ("2027-10-05T00:00", True), "continuous action lasts as long as its mandate")
        self.assertEqual(ban["called"][0]["notice"], {"received": "2026-10-13", "first": "2026-11-02"}, "and its notice has no end")
        days = gs.json("strike", "call", "--id", "two-days", "--ballot", BALLOT, "--kind", "action_short", "--on", "2026-10-26", "--on", "2026-10-28")
        self.assertEqual(days["words"], "on Monday 26 October 2026 and Wednesday 28 October 2026")

    def calendars_of_every_season(self, world):
        """The instants are computed by Python's zoneinfo, which read the same wall times."""
        expected = {"autumn": ("2026-10-24T12:00", "2026-10-25T12:00"), WALKOUT: ("2027-01-13T12:00", "2027-01-14T12:00"),
                    "spring": ("2027-03-27T12:00", "2027-03-28T12:00"), "summer": ("2027-06-15T12:00", "2027-06-16T12:00")}
        for name, (start, end) in expected.items():
            event, = calendars.read(world.person("anyone").run("strike", "ics", name).stdout).values()
            self.assertEqual(event, (instant(start), instant(end), 0, False), name)
        two = calendars.read(world.person("anyone").run("strike", "ics", "two-days").stdout)
        self.assertEqual(sorted(event[:2] for event in two.values()),
                         [(instant("2026-10-26T00:00"), instant("2026-10-27T00:00")), (instant("2026-10-28T00:00"), instant("2026-10-29T00:00"))])

    # ---- the plan ----

    def two_co_chairs_plan_at_once(self, world):
        ada, ben = world.person("chair-a"), world.person("chair-b")

        def add(chair, name, workplace, version):
            return chair.run("picket", "site", "add", WALKOUT, "--version", version, "--public", "--name", name, "--address", f"{name}, Hampshire",
                             "--employer", TRUST, "--workplace", workplace, "--latitude", "51.07", "--longitude", "-1.32", allow=(0, 7))

        with concurrent.futures.ThreadPoolExecutor(2) as pool:  # both read version 0
            done = [pool.submit(add, ada, "Headquarters", "Andover Road", 0), pool.submit(add, ben, "Southampton office", "Southampton", 0)]
            codes = sorted(one.result().returncode for one in done)
        self.assertEqual(codes, [0, 7], "one is stored, the other is told")
        missing = {"Headquarters": "Andover Road", "Southampton office": "Southampton"}
        for site in ada.json("picket", "plan", WALKOUT)["sites"]:
            missing.pop(site["name"])
        (name, workplace), = missing.items()
        self.assertEqual(add(ada, name, workplace, 1).returncode, 0)
        add(ben, "Portsmouth Hostel", "Portsmouth Hostel", 2)
        sites = {site["name"]: site["number"] for site in ada.json("picket", "plan", WALKOUT)["sites"]}
        self.assertEqual(len(sites), 3, "no edit is lost")

        for name, hours in (("Headquarters", "08:00-18:00"), ("Southampton office", "08:00-18:00"), ("Portsmouth Hostel", "24h")):
            ben.run("picket", "entrance", "add", WALKOUT, "--site", sites[name], "--name", "Main gate", "--hours", hours)
        self.assertEqual(len(ada.json("picket", "template", "noon-to-noon", WALKOUT)["posts"]), 3 + 3 + 6)
        self.assertEqual(ben.json("picket", "template", "noon-to-noon", WALKOUT)["posts"], [], "laid once")
        self.sites = {site["name"]: site for site in ada.json("picket", "plan", WALKOUT)["sites"]}
        gate = self.sites["Southampton office"]["entrances"][0]["number"]
        self.last = ben.json("picket", "post", "add", WALKOUT, "--entrance", gate, "--role", "late", "--from", "2027-01-13T13:00", "--to", "2027-01-13T14:00",
                             "--places", 1)["number"]
        self.assert_refused(1, "in general no more than six", ben.run, "picket", "post", "add", WALKOUT, "--entrance", gate, "--from", "2027-01-13T12:00",
                            "--to", "2027-01-13T13:00", "--places", 2)
        self.assert_refused(1, "nobody stands alone", ben.run, "picket", "post", "add", WALKOUT, "--entrance", gate, "--role", "night",
                            "--from", "2027-01-13T22:00", "--to", "2027-01-13T23:00")
        rally = self.post("Headquarters", "walkout")
        ada.run("picket", "post", "change", WALKOUT, "--number", rally, "--places", 20, "--over-six-reason", "Rally on the union's own forecourt")
        ada.run("picket", "post", "change", WALKOUT, "--number", self.post("Portsmouth Hostel", "walkout"), "--organiser", "M0081")

    def post(self, site, role, which=0):
        return [post["number"] for post in self.sites[site]["entrances"][0]["posts"] if post["role"] == role][which]

    # ---- signing up ----

    def sixty_on_the_last_place(self, world):
        southampton = self.phones.numbers[20:80]
        replies = self.phones.all_at_once({number: ("POST", f"/api/v1/posts/{self.last}/sign-ups") for number in southampton})
        self.assertEqual(sorted(status for status, _ in replies.values()), [201] + [409] * 59)
        self.assertEqual({reply["type"] for status, reply in replies.values() if status == 409}, {"/problems/post_full"})
        winner, = (number for number, (status, _) in replies.items() if status == 201)
        self.assertEqual(self.phones.ask(winner, "DELETE", f"/api/v1/posts/{self.last}/sign-ups")[0], 204)

    def everyone_signs_up(self, world):
        """120 members at once, each with a client of their own, for a post at their own place of work."""
        wanted = {}
        for n, number in enumerate(self.phones.numbers):
            site = "Headquarters" if n < 20 else "Southampton office" if n < 80 else "Portsmouth Hostel"
            posts = [post["number"] for post in self.sites[site]["entrances"][0]["posts"]]
            wanted[number] = self.post(site, "walkout") if site == "Headquarters" else posts[n % len(posts)]
        replies = self.phones.clients_at_once({number: ("picket", "sign-up", post) for number, post in wanted.items()})
        self.signed_up = {number: wanted[number] for number, done in replies.items() if done.returncode == 0}
        for number, done in replies.items():
            self.assertTrue(done.returncode == 0 or (done.returncode == 7 and "[post_full]" in done.stderr), f"{number}: {done.returncode} {done.stderr}")
        plan_now = world.person("chair-a").json("picket", "plan", WALKOUT)
        people = {}
        for site in plan_now["sites"]:
            for post in site["entrances"][0]["posts"]:
                self.assertLessEqual(post["taken"], post["places"])
                self.assertEqual(post["taken"], len(post["people"]))
                for person in post["people"]:
                    self.assertNotIn(person["number"], people, "nobody is on two posts")
                    people[person["number"]] = post["number"]
        self.assertEqual(people, self.signed_up, "who was told yes is on the rota, and nobody else")
        self.assertEqual(len(self.signed_up), 20 + 3 * 6 + 6 * 6, "every place that was wanted is taken")
        self.assertEqual(self.phones.ask("M0021", "POST", f"/api/v1/posts/{self.post('Headquarters', 'arrivals')}/sign-ups")[1]["type"],
                         "/problems/not_your_workplace")
        listed = self.phones.ask("M0100", "GET", f"/api/v1/walkouts/{WALKOUT}/plan")[1]
        self.assertTrue(listed["sites"][0]["own_workplace"], "one's own place of work first")
        self.assertEqual(listed["sites"][0]["name"], "Portsmouth Hostel")
        self.assertNotIn("people", json.dumps(listed))

    def a_swap_and_a_reserve(self, world):
        noon, arrivals = self.post("Headquarters", "walkout"), self.post("Headquarters", "arrivals")
        self.assertEqual(self.phones.ask("M0002", "POST", f"/api/v1/posts/{noon}/swaps", {"wants": arrivals})[0], 201)
        offer = self.phones.ask("M0002", "POST", f"/api/v1/posts/{noon}/swaps", {"wants": arrivals})[1]["number"]
        self.assertEqual(self.phones.ask("M0003", "POST", f"/api/v1/posts/{noon}/sign-ups", None)[0], 201)  # on it already: one place still
        self.assertEqual(self.phones.ask("M0003", "DELETE", f"/api/v1/posts/{noon}/sign-ups")[0], 204)
        self.assertEqual(self.phones.ask("M0003", "POST", f"/api/v1/posts/{arrivals}/sign-ups")[0], 201)
        status, reply = self.phones.ask("M0003", "POST", f"/api/v1/swaps/{offer}/accept")
        self.assertEqual(status, 200, reply)
        self.signed_up.update({"M0002": arrivals, "M0003": noon})
        self.assertEqual(self.phones.ask("M0004", "POST", f"/api/v1/swaps/{offer}/accept")[1]["type"], "/problems/swap_gone")

        for number in ("M0121", "M0122"):
            world.sign_in(number)
            world.person(number).run("picket", "reserve", WALKOUT)
        ada = world.person("chair-a")
        ada.run("picket", "take-off", self.post("Portsmouth Hostel", "night"), "--member", next(
            number for number, post in self.signed_up.items() if post == self.post("Portsmouth Hostel", "night")))
        self.signed_up = {p["number"]: post["number"] for site in ada.json("picket", "plan", WALKOUT)["sites"]
                          for post in site["entrances"][0]["posts"] for p in post["people"]}
        ada.run("picket", "post", "change", WALKOUT, "--number", self.post("Portsmouth Hostel", "night"), "--needed", 6)
        gaps = ada.json("picket", "gaps", WALKOUT)
        self.assertIn((self.post("Portsmouth Hostel", "night"), 1), [(gap.get("post"), gap["missing"]) for gap in gaps["gaps"] if gap["what"] == "people"])
        filled = ada.json("picket", "fill", WALKOUT)
        self.assertEqual([(one["number"], one["post"]) for one in filled["placed"]], [("M0121", self.post("Portsmouth Hostel", "night"))])
        self.signed_up["M0121"] = self.post("Portsmouth Hostel", "night")
        published = world.person("chair-b").json("picket", "publish", WALKOUT)
        self.assertEqual(published["told"], len({*self.signed_up, "M0081"}), "who stands there, and who is in charge")

    def exempt(self, world):
        ada, ben = world.person("chair-a"), world.person("chair-b")
        asked = ada.json("exemption", "request", WALKOUT, "--member", "M0122", "--work", "hostel night duty", "--from", "2027-01-13T20:00",
                         "--to", "2027-01-14T08:00", "--reason", "nobody else holds the keys", "--requested-by", TRUST)["number"]
        member = world.person("M0122")
        shift = ("strike", "covers", WALKOUT, "--date", "2027-01-13", "--start", "20:00", "--end", "08:00")
        self.assertEqual(member.json(*shift)["answers"][0]["cover"], "whole_shift")
        ada.run("exemption", "grant", asked, "--reason", "life and limb")
        self.assert_refused(7, "two different people", ada.run, "exemption", "grant", asked, "--reason", "again")
        self.assertEqual(ben.json("exemption", "grant", asked, "--reason", "agreed")["state"], "granted")
        self.assertEqual(member.json(*shift)["answers"][0]["cover"], "exempt")
        self.assertIn("granted", member.run("exemption", "show", WALKOUT).stdout)
        self.assertIn("hostel night duty", member.run("exemption", "letter", asked).stdout)
        self.assert_refused(1, "no exemption", world.person("gs").run, "exemption", "letter", asked)
        self.assert_refused(7, "exempted", member.run, "picket", "sign-up", self.post("Portsmouth Hostel", "night", 1))
        split = member.run("strike", "covers", WALKOUT, "--date", "2027-01-13", "--start", "07:00", "--end", "11:00", "--start", "16:00", "--end", "19:00").stdout
        self.assertIn("work it as normal", split)
        self.assertIn("Strike for the whole", split)
        self.assertIn("not at work", member.run("strike", "covers", WALKOUT, "--date", "2027-01-13", "--off").stdout)
        rota = member.json("strike", "covers", WALKOUT, "--pattern", "07:00-19:00,19:00-07:00,off,off", "--pattern-from", "2027-01-12")
        self.assertEqual([one["cover"] for one in rota["answers"]], ["not_called", "whole_shift", "not_at_work"])

    # ---- the night before ----

    def suspended_at_ten_the_night_before(self, world):
        feeds = {number: self.phones.ask(number, "POST", "/api/v1/me/calendar")[1]["path"] for number in self.signed_up if number in self.phones.tokens}
        before = {number: self.feed(world, path) for number, path in feeds.items()}
        for number, events in before.items():
            self.assertEqual(sum(not event[3] for event in events.values()), 1, number)
        world.set_clock("2027-01-12T22:00:00Z")
        gs = world.person("gs")
        agreed = ("--employer", TRUST, "--agreed-by", "H. Resources, director", "--suspended-from", "2027-01-12", "--evidence", "letter signed by both")
        gs.run("strike", "agreement", "add", WALKOUT, "--made-on", "2027-01-12", "--resumes-on", "2027-01-13", *agreed)
        gs.run("strike", "suspend", WALKOUT, "--reason", "Talks resumed at ACAS")
        gs.run("strike", "suspend", "spring", "--reason", "Talks resumed at ACAS")
        for number, path in feeds.items():
            after = self.feed(world, path)
            self.assertEqual(after.keys(), before[number].keys())
            for uid, event in after.items():
                self.assertTrue(event[3], f"{number}: every event is cancelled")
                self.assertGreater(event[2], before[number][uid][2], "with a higher SEQUENCE")
        event, = calendars.read(world.person("anyone").run("strike", "ics", WALKOUT).stdout).values()
        self.assertEqual((event[2], event[3]), (1, True))
        self.assertIn("SUSPENDED", world.person("anyone").run("strike", "show", WALKOUT).stdout)
        status, headers, page = world.request("GET", f"/strike/{WALKOUT}")
        self.assertEqual(status, 200)
        self.assertIn(b"suspended", page)
        self.assertNotIn("script", headers["Content-Security-Policy"].replace("default-src 'none'", ""))
        told = [*(row["email"] for row in rows()), "chair-a@officials.example", "chair-b@officials.example"]
        self.assertEqual(sorted(self.suspension_mails(world, len(told))), sorted(told), "everyone who was called, and who runs the picket, is told, once")

        world.set_clock("2027-01-12T23:00:00Z")
        without = self.assert_refused(1, "resumption_needs_notice", gs.run, "strike", "resume", "spring", "--reason", "Talks failed")
        self.assertIn("a notice would allow action from Friday 22 January 2027", without.words, "it says what would be lawful")
        self.assert_refused(4, "who called this walkout", world.person("chair-a").run, "strike", "agreement", "list", WALKOUT)
        self.assertIn("H. Resources, director", gs.run("strike", "agreement", "list", WALKOUT).stdout)
        gs.run("strike", "resume", WALKOUT, "--reason", "Talks failed")
        for number, path in feeds.items():
            self.assertEqual(sum(not event[3] for event in self.feed(world, path).values()), 1, f"{number} has their place as before")
        self.assertEqual({number: post for number, post in self.rota(world).items()}, self.signed_up, "nothing is lost or doubled")
        self.assertEqual(self.phones.ask("M0005", "DELETE", "/api/v1/me/calendar")[0], 204)
        self.assertEqual(world.request("GET", feeds["M0005"])[0], 404, "a revoked address is no address")

    def feed(self, world, path):
        status, headers, body = world.request("GET", path)
        self.assertEqual((status, headers["Content-Type"]), (200, "text/calendar; charset=utf-8"))
        return calendars.read(body.decode())

    def suspension_mails(self, world, expected):
        until = time.monotonic() + 30
        while True:
            told = [mail["To"].strip("<>") for mail in harness.mails(world.outbox).values() if "SUSPENDED" in (mail["Subject"] or "")
                    and "13 January 2027" in harness.text_of(mail)]
            if len(told) >= expected or time.monotonic() > until:
                return told
            time.sleep(0.05)

    def rota(self, world):
        return {person["number"]: post["number"] for site in world.person("chair-a").json("picket", "plan", WALKOUT)["sites"]
                for post in site["entrances"][0]["posts"] for person in post["people"]}

    # ---- on the day ----

    def six_hours_without_a_signal(self, world):
        ada, organiser = world.person("chair-a"), world.person("M0081")
        world.set_clock("2027-01-13T11:30:00Z")
        world.sign_in("M0081")
        ada.run("picket", "roster", WALKOUT)
        hostel = self.post("Portsmouth Hostel", "walkout")
        self.expected = sorted(number for number, post in self.signed_up.items() if post == hostel)
        self.assertIn(f"{len([n for n in self.signed_up.values() if n in self.posts_at('Portsmouth Hostel')])} people",
                      organiser.run("picket", "roster", WALKOUT, "--branch", BRANCH).stdout, "an organiser takes the list of their site alone")
        came, self.absent = self.expected[:-1], self.expected[-1]
        world.stop()  # for six hours nothing can be reached
        for n, number in enumerate(came):
            organiser.run("picket", "check-in", hostel, "--offline", "--member", number, "--at", f"2027-01-13T11:{50 + n}")
        ada.run("picket", "check-in", hostel, "--member", came[0], "--at", "2027-01-13T11:50")  # also on the co-chair's list: tries, and keeps it
        self.assert_refused(1, "not on the roster", organiser.run, "picket", "check-in", hostel, "--offline", "--member", "M0123")
        organiser.run("picket", "check-in", hostel, "--offline", "--member", "M0123", "--walked-up", "--at", "2027-01-13T12:10")
        organiser.run("picket", "check-in", hostel, "--offline", "--member", came[1], "--left", "--at", "2027-01-13T12:30")
        self.assertIn(came[0], organiser.run("picket", "check-in", hostel).stdout)
        self.assert_refused(6, "", organiser.run, "picket", "merge")
        world.start()
        world.set_clock("2027-01-13T18:00:00Z")
        # Meanwhile the plan has moved on: the post has another organiser, and who stood there with the list knows nothing of it.
        ada.run("picket", "post", "change", WALKOUT, "--number", hostel, "--organiser", "M0090")
        with concurrent.futures.ThreadPoolExecutor(2) as pool:
            for done in [pool.submit(person.run, "picket", "merge") for person in (ada, organiser)]:
                done.result()
        organiser.run("picket", "merge")  # again: nothing waits, nothing doubles
        ada.run("picket", "post", "change", WALKOUT, "--number", hostel, "--organiser", "M0081")
        self.assertEqual(world.recorded("SELECT count(*), count(DISTINCT id) FROM picket_check_in"), [(len(came) + 3, len(came) + 3)])
        people = {person["number"]: person for person in organiser.json("picket", "attendance", WALKOUT, "--branch", BRANCH)["people"] if person["post"] == hostel}
        self.assertEqual({number: people[number]["state"] for number in people},
                         {**{number: "came" for number in came}, self.absent: "no_show", "M0123": "walked_up"})
        self.assertEqual(people[came[1]]["minutes"], 39, "from 11:51 to 12:30")
        organiser.run("picket", "incident", "add", WALKOUT, "--branch", BRANCH, "--site", self.sites["Portsmouth Hostel"]["number"], "--at", "2027-01-13T12:20",
                      "--words", "A van drove at the line and stopped", "--police", "PC 1234")
        self.assertIn("A van", ada.run("picket", "incident", "list", WALKOUT).stdout)

    def posts_at(self, site):
        return [post["number"] for post in self.sites[site]["entrances"][0]["posts"]]

    def afterwards(self, world):
        gs, ada = world.person("gs"), world.person("chair-a")
        counts = gs.json("picket", "headcount", WALKOUT)
        hostel, = (site for site in counts["sites"] if site["name"] == "Portsmouth Hostel")
        self.assertEqual([(hour["from"], hour["people"]) for hour in hostel["hours"]],
                         [("2027-01-13T11:00", len(self.expected) - 1), ("2027-01-13T12:00", len(self.expected))], "a number, and one who walked up at noon")
        self.assertNotIn("Member", json.dumps(counts))
        self.assert_refused(4, "co-chairs", gs.run, "picket", "attendance", WALKOUT, "--branch", BRANCH)
        self.assert_refused(4, "role", gs.run, "picket", "export", WALKOUT, "--branch", BRANCH, "--purpose", "curiosity")
        table = list(csv.DictReader(io.StringIO(ada.run("picket", "export", WALKOUT, "--purpose", "strike pay").stdout)))
        self.assertEqual({row["rehearsal"] for row in table}, {"REHEARSAL: not real"})
        self.assertIn({"state": "no_show", "number": self.absent}, [{key: row[key] for key in ("state", "number")} for row in table])
        self.assertIn("strike pay", str(world.recorded("SELECT * FROM audit")))
        rota = ada.run("picket", "rota", WALKOUT).stdout
        self.assertIn("Member 81", rota)
        self.assertIn("CHANGED since it was published at", rota)
        for sheet in ("authority", "incident", "poster"):
            self.assertIn("<html", ada.run("picket", "rota", WALKOUT, "--sheet", sheet).stdout)

        public = geojson.loads(json.dumps(world.get(f"/api/v1/walkouts/{WALKOUT}/sites.geojson")))
        self.assertTrue(public.is_valid, public.errors())
        self.assertEqual(len(public["features"]), 3)
        self.assertEqual(public["features"][0]["geometry"]["coordinates"], [-1.32, 51.07], "longitude first")
        for path in (f"/strike/{WALKOUT}", "/strike", f"/api/v1/walkouts/{WALKOUT}", f"/api/v1/walkouts/{WALKOUT}/ics",
                     f"/api/v1/walkouts/{WALKOUT}/sites.geojson"):
            self.assertNotRegex(world.request("GET", path)[2].decode(), r"Member \d|M0\d\d\d", f"{path} names nobody")
        world.set_clock("2027-01-20T12:15:00Z")
        ada.run("picket", "roster", WALKOUT)
        self.assertNotIn("removed", ada.run("picket", "merge").stderr)
        world.set_clock("2027-01-21T12:15:00Z")
        ada.run("picket", "roster", WALKOUT)
        self.assertIn("removed from this device", ada.run("picket", "merge").stderr, "a week after its last post a roster's names go")
        self.assertEqual(list((ada.home / "state/walkout/pickets").iterdir()), [])
        gs.run("strike", "end", WALKOUT, "--reason", "Over")
        self.assert_refused(5, "ended", world.person("M0122").run, "picket", "sign-up", self.last)


if __name__ == "__main__":
    unittest.main()
