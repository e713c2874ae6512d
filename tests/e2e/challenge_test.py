"""The member who doubts their own machine, the member who votes with another program, and what a member sees on the terminal."""

import contextlib
import json
import os
import re
import select
import shutil
import socket
import stat
import subprocess
import threading
import time
import unittest

import harness
from belenios import base64_hash, compact
from harness import members, plan, text_of
from independent_test import AUDIT, belenios_verify
from typist import Typist

EMPLOYER = "Hampshire Probation Trust"
SEAL = re.compile(r"^ *([A-Za-z0-9+/]{43})$", re.MULTILINE)


def code_of(codes, number):
    return codes[f"{number.lower()}@members.example"]


class LostAnswers:
    """A network that carries a vote to the server, and loses the answer: the connection breaks, or nothing more comes. Nothing is decrypted: the answer
    to whoever has sent as much as a vote is lost."""

    def __init__(self, port, hangs=False):
        self._to, self._size, self._hangs = port, 6000, hangs
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port = self._listener.getsockname()[1]
        self.lost = 0
        threading.Thread(target=self._serve, daemon=True).start()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self._listener.close()

    def _serve(self):
        with contextlib.suppress(OSError):
            while True:
                threading.Thread(target=self._carry, args=(self._listener.accept()[0],), daemon=True).start()

    def _carry(self, client):
        sent = 0
        with client, socket.create_connection(("127.0.0.1", self._to)) as server, contextlib.suppress(OSError):
            while True:
                for end in select.select([client, server], [], [])[0]:
                    piece = end.recv(65536)
                    if not piece:
                        return
                    if end is client:
                        sent += len(piece)
                        server.sendall(piece)
                    elif sent > self._size:
                        self.lost += 1
                        if not self._hangs:
                            return
                    else:
                        client.sendall(piece)


class DoubtingMemberTest(harness.WorldTest):
    def test_a_challenge_opens_and_never_casts_and_another_program_votes_up_to_a_verified_count(self):
        self.world_ = world = self.world(clock="2013-09-02T08:00:00Z").begin()
        world.import_register(members(9, EMPLOYER))
        self.held = plan("doubted", "2013-09-30T09:00", "2013-10-18T12:00", "2013-09-10", as_if_lawful=["online"])
        self.codes = world.open(self.held, [EMPLOYER])
        self.anyone = world.person("anyone")
        self.archive, = world.archives("doubted")
        self.secrets = list(self.codes.values())
        opened = self.challenge()
        self.open_on_another_device(*opened)
        self.refuse_what_does_not_match(*opened)
        self.never_cast(opened[0])
        self.vote_afresh(opened[1])
        self.lose_the_answer()
        self.stop_while_sending()
        if shutil.which("belenios-tool") or os.environ.get("CI"):
            self.vote_with_the_other_program()
        self.refuse_files()
        self.count()
        self.leave_no_secret()

    def files_of(self, number, *answers):
        member = self.world_.person(number)
        return member, ("--code-file", member.file("code", code_of(self.codes, number) + "\n"), "--answers", member.file("answers.json", json.dumps(answers)))

    def challenge(self):
        before = self.world_.votes()
        member, files = self.files_of("M0001", "yes", "no")
        said = member.json("ballot", "challenge", "doubted", *files, "--yes", "-o", "opened.json")
        self.assertEqual(self.world_.votes(), before, "a challenge sends nothing")
        self.assertFalse(list((member.home / "state").rglob("*.ballot")), "and keeps nothing that could be sent")
        file = member.home / "opened.json"
        self.assertEqual(stat.S_IMODE(file.stat().st_mode), 0o600)
        content = json.loads(file.read_text())
        self.assertEqual(said, {"ballot": "doubted", "seal": content["seal"], "file": "opened.json"})
        self.assertEqual(base64_hash(content["ballot"]), content["seal"])
        self.assertNotIn("signature", file.read_text())
        self.secrets += [r for question in content["randomness"] for r in question]
        self.assert_refused(1, "already", member.run, "ballot", "challenge", "doubted", *files, "--yes", "-o", "opened.json")
        words = member.run("ballot", "challenge", "doubted", *files, "--yes")
        self.assertIn("REHEARSAL", words.stdout)
        another, = member.home.glob("challenge-doubted-*.json")
        self.assertNotEqual(json.loads(another.read_text())["seal"], content["seal"], "fresh randomness each time")
        return file, content["seal"]

    def open_on_another_device(self, file, seal):
        device = self.world_.person("device")
        told = device.run("ballot", "open-challenge", file).stdout
        self.assertIn("This sealed ballot said: strike Yes; action short of strike No.", told)
        self.assertIn(seal, told)
        self.assertIn("can never be cast", told)
        (device.home / "config/walkout/config.toml").unlink()  # from here on it knows no server
        told = device.run("ballot", "open-challenge", file, "--archive", self.archive).stdout
        self.assertIn("question 1 Yes; question 2 No.", told)
        self.assertIn("REHEARSAL", told)
        opened = device.json("ballot", "open-challenge", file, "--archive", self.archive)
        self.assertEqual([answer["answer"] for answer in opened["answers"]], ["Yes", "No"])
        self.assertEqual((opened["seal"], opened["credential_listed"]), (seal, True))
        record = self.world_.get("/api/v1/ballots/doubted/voting")["constituencies"][0]["election"]
        alone = device.json("ballot", "open-challenge", file, "--archive", device.file("election.json", record + "\n"))
        self.assertEqual((alone["seal"], alone.get("credential_listed")), (seal, None))

    def refuse_what_does_not_match(self, file, seal):
        device = self.world_.person("device")

        def refused(words, change, archive=self.archive):
            content = json.loads(file.read_text())
            change(content)
            altered = device.file("altered.json", compact(content))
            self.assert_refused(3, words, device.run, "ballot", "open-challenge", altered, "--archive", archive)

        def swap(content):
            content["randomness"][1].reverse()

        def flip(content):
            content["ballot"] = re.sub(r'"challenge":"(\d)', lambda found: '"challenge":"' + ("2" if found[1] == "1" else "1"), content["ballot"], count=1)

        def flip_and_seal(content):
            flip(content)
            content["seal"] = base64_hash(content["ballot"])

        def sign(content):
            _, election = self.world_.election("doubted")
            content["ballot"] = election.ballot(code_of(self.codes, "M0001"), "yes", "no")

        refused('alpha of question 2, "Yes"', swap)
        refused("[challenge_seal]", lambda content: content.update(seal=seal[::-1]))
        refused("[challenge_seal]", flip)
        refused("[challenge_proof]", flip_and_seal)
        refused("[challenge_signed]", sign)
        refused("[challenge_file]", lambda content: content.update(note="x"))
        other = next((harness.ROOT / "tests/vectors/samples/honest-4b").glob("*.bel"))
        refused("another election", lambda content: None, archive=other)

    def never_cast(self, file):
        before = self.world_.votes()
        member = self.world_.person("M0001")
        unsigned = json.loads(file.read_text())["ballot"]
        for name, content in (("opened.json", file.read_text()), ("unsigned.json", unsigned)):
            self.assert_refused(1, "can never be cast", member.run, "ballot", "cast-file", member.file(name, content), "--yes", "--number-file",
                                member.file("number", "M0001\n"))
        place, _ = self.world_.election("doubted")
        status, problem = self.world_.post(f"/api/v1/constituencies/{place}/votes", {"ballot": unsigned, "member_number": "M0001"})
        self.assertEqual((status, problem["type"].rpartition("/")[2]), (422, "not_canonical"))
        self.assertEqual(self.world_.votes(), before)

    def vote_afresh(self, opened_seal):
        member = self.world_.person("M0001")
        told = self.world_.vote("doubted", "M0001", code_of(self.codes, "M0001"), "yes", "no")
        seal = re.search(r"Seal: (\S{43})", told.stderr)[1]
        self.assertNotEqual(seal, opened_seal)
        self.assertIn("(BST)", told.stdout, "the receipt speaks in the ballot's zone")
        receipt, = member.json("receipt", "list")["receipts"]
        self.assertEqual(receipt["zone"], "Europe/London")
        self.assert_refused(7, "already", self.world_.vote, "doubted", "M0001", code_of(self.codes, "M0001"), "no", "no")

    def lose_the_answer(self):
        """The vote is recorded and the receipt lost: the same command gets it, with the same ballot, whatever it is told to answer now."""
        world = self.world_
        member, files = self.files_of("M0002", "no", "yes")
        number = ("--number-file", member.file("number", "M0002\n"))
        with LostAnswers(world.port) as network:
            lost = self.assert_refused(6, "which can count only once", member.run, "--server", f"https://localhost:{network.port}", "--cacert", world.cacert,
                                       "ballot", "vote", "doubted", *files, *number, "--yes")
        self.assertEqual(network.lost, 2, "sent, and once again")
        seal = re.search(r"Seal: (\S{43})", lost.words)[1]
        accepted = world.recorded("SELECT count(*) FROM accepted_ballot")
        self.assert_refused(7, "still waits for its receipt", member.run, "ballot", "challenge", "doubted", *files, "--yes")
        _, changed = self.files_of("M0002", "yes", "yes")
        told = member.run("ballot", "vote", "doubted", *changed, *number, "--yes")
        self.assertIn("sending that same one again", told.stderr)
        self.assertEqual(world.recorded("SELECT count(*) FROM accepted_ballot"), accepted)
        self.assertIn(seal, str(world.recorded("SELECT * FROM accepted_ballot")), "the ballot on the server has the seal that was shown")
        self.assertFalse(list((member.home / "state").rglob("*.ballot")))
        self.assert_refused(7, "already", member.run, "ballot", "vote", "doubted", *files, *number, "--yes")

    def stop_while_sending(self):
        """Ctrl-C while the answer does not come: the vote may be recorded, and that is what is said."""
        world = self.world_
        member, files = self.files_of("M0006", "yes", "yes")
        number = ("--number-file", member.file("number", "M0006\n"))
        with LostAnswers(world.port, hangs=True) as network:
            with Typist(member, "--server", f"https://localhost:{network.port}", "--cacert", world.cacert, "ballot", "vote", "doubted", *files, *number) as t:
                t.answer("(yes, change or stop):", "yes")
                seal = SEAL.search(t.answer("Your choice (1, 2 or 3):", "1"))[1]
                until = time.monotonic() + 30
                while network.lost == 0:
                    self.assertLess(time.monotonic(), until)
                    time.sleep(0.02)
                t.interrupt()
                self.assertEqual(t.ended(), 130)
                self.assertIn("it may be recorded. Run the same command again", " ".join(t.screen.split()))
        told = member.run("ballot", "vote", "doubted", *files, *number, "--yes")
        self.assertIn("sending that same one again", told.stderr)
        self.assertEqual(str(world.recorded("SELECT * FROM accepted_ballot")).count(seal), 1)

    def make_with_the_tool(self, number, code, choices):
        """The commands that `cast-file --help` gives."""
        member = self.world_.person(number)
        member.run("archive", "fetch", "doubted", "-o", "archive")
        archive, = (member.home / "archive").glob("*.bel")
        (member.home / "vote").mkdir(exist_ok=True)
        shutil.copy(archive, member.home / "vote")
        done = subprocess.run(["belenios-tool", "election", "generate-ballot", "--dir", "vote", "--privcred", member.file("code.txt", code + "\n"), "--ballot",
                               member.file("choices.json", json.dumps(choices))], cwd=member.home, capture_output=True, text=True, timeout=120)
        self.assertEqual(done.returncode, 0, done.stderr)
        return member, member.file("my.ballot", done.stdout)

    def vote_with_the_other_program(self):
        world = self.world_
        shown = self.anyone.run("ballot", "cast-file", "--help").stdout
        for words in ("election generate-ballot --dir vote --privcred code.txt", "--ballot choices.json", "Ed25519", "3.x"):
            self.assertIn(words, shown)
        member, file = self.make_with_the_tool("M0003", code_of(self.codes, "M0003"), [[1, 0], [0, 0]])
        number = ("--number-file", member.file("number", "M0003\n"))
        ballot = file.read_text().rstrip("\n")
        self.assert_refused(5, "another member", member.run, "ballot", "cast-file", file, "--yes", "--number-file", member.file("wrong", "M0004\n"))
        with LostAnswers(world.port) as network:
            self.assert_refused(6, "which can count only once", member.run, "--server", f"https://localhost:{network.port}", "--cacert", world.cacert, "ballot",
                                "cast-file", file, "--yes", *number)
        _, another = self.make_with_the_tool("M0003", code_of(self.codes, "M0003"), [[0, 1], [0, 1]])
        self.assert_refused(7, "still waits for its receipt", member.run, "ballot", "cast-file", another, "--yes", *number)
        receipt = member.json("ballot", "cast-file", member.file("my.ballot", ballot + "\n"), "--yes", *number)
        self.assertEqual(receipt["tracker"], base64_hash(ballot))
        self.assertEqual(member.json("ballot", "cast-file", file, "--yes", *number), receipt, "the same file again gets the same receipt")
        self.tracker = receipt["tracker"]
        code = code_of(self.codes, "M0004")
        mistyped = code[:4] + ("A" if code[4] != "A" else "B") + code[5:]
        member, file = self.make_with_the_tool("M0004", mistyped, [[1, 0], [1, 0]])
        self.assert_refused(5, "does not notice a mistake", member.run, "ballot", "cast-file", file, "--yes", "--number-file", member.file("number", "M0004\n"))

    def refuse_files(self):
        before = self.world_.votes()
        member = self.world_.person("M0005")
        number = ("--number-file", member.file("number", "M0005\n"))
        _, election = self.world_.election("doubted")
        unsigned = election.unsigned(code_of(self.codes, "M0005"), ("yes", "yes"))
        good = election.sign(unsigned, code_of(self.codes, "M0005"))

        def refused(exit_code, words, content):
            self.assert_refused(exit_code, words, member.run, "ballot", "cast-file", member.file("bad.ballot", content), "--yes", *number)

        refused(1, "does not hold a ballot", "my vote is yes")
        refused(1, "does not hold a ballot", "")
        refused(3, "[not_canonical]", good.replace('{"election_uuid"', '{ "election_uuid"', 1))
        refused(3, "its signature is wrong", election.sign(unsigned, code_of(self.codes, "M0006")))
        refused(3, "not on this server", good.replace(election.uuid, "nsttH3Yu6WoD2m"))
        refused(3, "another election", election.sign({**unsigned, "election_hash": "A" * 43}, code_of(self.codes, "M0005")))
        proofs = json.loads(json.dumps(unsigned))
        proofs["answers"][0]["overall_proof"][0]["response"] = "1"
        refused(3, "the proof", election.sign(proofs, code_of(self.codes, "M0005")))
        self.assertEqual(self.world_.votes(), before)
        self.assert_refused(1, "input_needed", member.run, "ballot", "cast-file", member.file("good.ballot", good), "--no-input", *number)
        self.assertEqual(self.world_.votes(), before, "nothing is cast without a yes")

    def count(self):
        world = self.world_
        result, = world.close_and_declare(self.held)["constituencies"]
        with_tool = hasattr(self, "tracker")
        self.assertEqual([(q["yes"], q["no"], q["spoiled"]) for q in result["questions"]],
                         [(3, 1, 0), (2, 1, 1)] if with_tool else [(2, 1, 0), (2, 1, 0)])
        archive, = world.archives("doubted")
        self.anyone.run("archive", "verify", archive)
        device = world.person("device")
        opened = device.json("ballot", "open-challenge", world.person("M0001").home / "opened.json", "--archive", archive)
        self.assertEqual([answer["answer"] for answer in opened["answers"]], ["Yes", "No"], "it opens as well when the ballot is over")
        self.assertNotIn(opened["seal"].encode(), archive.read_bytes(), "and was never on the board")
        member, file = world.person("M0005"), world.person("M0005").home / "good.ballot"
        self.assert_refused(5, "has closed", member.run, "ballot", "cast-file", file, "--yes")
        if with_tool:
            world.person("M0003").run("receipt", "check", self.tracker)
            status, words = belenios_verify(archive, self.anyone.home / "belenios")
            self.assertEqual(status, 0, words)
            self.assertEqual(subprocess.run([AUDIT, archive], capture_output=True, timeout=300).returncode, 0)

    def leave_no_secret(self):
        said = "".join(file.read_text(errors="replace") for file in (self.world_.folder / "walkoutd.log", self.world_.folder / "serve.out"))
        self.assertFalse([secret for secret in self.secrets if secret in said], "neither a code nor a random number is in a log")


class TerminalTest(harness.WorldTest):
    def test_a_member_votes_challenges_and_stops_on_a_narrow_terminal(self):
        self.world_ = world = self.world(clock="2013-09-02T08:00:00Z").begin()
        world.import_register(members(6, EMPLOYER))
        self.held = plan("typed", "2013-09-30T09:00", "2013-10-18T12:00", "2013-09-10", as_if_lawful=["online"], second_factor="sign_in")
        self.held["questions"][0]["text_cy"] = "A ydych yn barod i gymryd rhan mewn streic?"
        self.codes = world.open(self.held, [EMPLOYER])
        self.vote_from_sign_in_to_receipt()
        self.stop_at_every_question()
        self.vote_in_welsh()
        self.refuse_in_time()

    def type_sign_in(self, typist, number):
        typist.answer("Member number:", number)
        typist.expect("Code (like 1234-5678):")
        until = time.monotonic() + 20
        while not (found := [text_of(mail) for mail in harness.mails(self.world_.outbox).values() if number.lower() in mail["To"]]):
            self.assertLess(time.monotonic(), until, "the mail leaves after the answer, but soon")
            time.sleep(0.05)
        typist.type(re.search(r"[0-9]{4}-[0-9]{4}", found[0])[0])

    def vote_from_sign_in_to_receipt(self):
        member = self.world_.person("M0001")
        code = code_of(self.codes, "M0001")
        typo = code[:-1] + ("A" if code[-1] != "A" else "B")
        with Typist(member, "ballot", "vote", "typed", columns=40) as t:
            self.assertIn("REHEARSAL", t.expect("VOTING PAPER"))
            t.expect("sign in")
            self.type_sign_in(t, "M0001")
            t.answer("Voting code (XXX-XXX-XXX-XXX-XXX):", "0oIl")
            t.expect("it never contains 0, O, I or l")
            t.answer("Voting code (XXX-XXX-XXX-XXX-XXX):", typo)
            t.expect("typing mistake")
            t.answer("Voting code (XXX-XXX-XXX-XXX-XXX):", code.replace("-", " "))
            t.answer("Your answer (1, 2 or 3):", "maybe")
            t.answer("Your answer (1, 2 or 3):", "2")
            t.answer("Your answer (1, 2 or 3):", "3")
            self.assertIn("left blank", t.answer("(yes, change or stop):", "change"))
            t.answer("Your answer (1, 2 or 3):", "1")
            t.answer("Your answer (1, 2 or 3):", "2")
            t.answer("(yes, change or stop):", "yes")
            seal = SEAL.search(t.answer("Your choice (1, 2 or 3):", "2"))[1]
            t.expect("never to be cast")
            t.answer("Answer again now?", "yes")
            t.answer("Your answer (1, 2 or 3):", "1")
            t.answer("Your answer (1, 2 or 3):", "2")
            t.answer("(yes, change or stop):", "yes")
            second = SEAL.search(t.answer("Your choice (1, 2 or 3):", "1"))[1]
            t.expect("Your vote is recorded.")
            self.assertEqual(t.ended(), 0, t.screen)
        self.assertNotEqual(seal, second)
        self.assertIn("REHEARSAL: this is not a real vote.", t.screen)
        self.assertNotIn(code, t.screen)
        whole = (SEAL, re.compile(r"walkout (receipt check|ballot open-challenge) "), re.compile(r"XXX|Your answer|change or stop|Your choice|challenge-typed"))
        wide = [line for line in t.screen.splitlines() if len(line) > 40 and not any(kept.search(line) for kept in whole)]
        self.assertEqual(wide, [], "everything but what is copied in one piece fits the terminal")
        file, = member.home.glob("challenge-typed-*.json")
        self.assertIn("strike Yes; action short of strike No", self.world_.person("anyone").run("ballot", "open-challenge", file).stdout)
        receipt, = member.json("receipt", "list")["receipts"]
        self.assertIn(receipt["tracker"], t.screen)

    def stop_at_every_question(self):
        """Ctrl-C: exit 130, a sentence that says how things stand, nothing sent or kept, and a terminal that shows again what is typed."""
        member = self.world_.person("M0002")
        member.sign_in()
        before = self.world_.votes()
        answers = (("Voting code", code_of(self.codes, "M0002")), ("Your answer", "1"), ("Your answer", "2"), ("(yes, change or stop):", "yes"),
                   ("Your choice (1, 2 or 3):", "2"), ("Answer again now?", ""))
        for stop_at in range(len(answers)):
            with Typist(member, "ballot", "vote", "typed") as t:
                for question, line in answers[:stop_at]:
                    t.answer(question, line)
                t.expect(answers[stop_at][0])
                t.interrupt()
                self.assertEqual(t.ended(), 130, t.screen)
                said = t.screen[t.screen.rindex("Stopped."):]
                self.assertIn("forgotten" if stop_at == 4 else "was not cast" if stop_at == 5 else "Nothing was sent", " ".join(said.split()))
                self.assertTrue(t.echoes())
        for words in (("(yes, change or stop):", "stop"), ("Your choice (1, 2 or 3):", "3")):
            with Typist(member, "ballot", "vote", "typed") as t:
                for question, line in answers[:3 if words[1] == "stop" else 4]:
                    t.answer(question, line)
                t.answer(*words)
                self.assertEqual(t.ended(), 1)
                self.assertIn("Nothing was cast.", t.screen)
        self.assertEqual(self.world_.votes(), before)
        self.assertFalse(list((member.home / "state").rglob("*.ballot")))

    def vote_in_welsh(self):
        member = self.world_.person("M0003")
        member.sign_in()
        with Typist(member, "--lang", "cy", "ballot", "vote", "typed") as t:
            self.assertIn("YMARFER", t.expect("PAPUR PLEIDLEISIO"))
            t.answer("Voting code", code_of(self.codes, "M0003"))
            self.assertIn("A ydych yn barod i gymryd rhan mewn streic?", t.answer("Eich ateb", "2"))
            t.answer("Eich ateb", "ie")
            self.assertIn("No (Na)", t.answer("(yes, change or stop):", "yes"))
            t.answer("Your choice", "1")
            t.expect("Your vote is recorded.")
            self.assertEqual(t.ended(), 0)

    def refuse_in_time(self):
        """What cannot be is said before anything is asked for."""
        world, member = self.world_, self.world_.person("M0004")
        files = ("--code-file", member.file("code", code_of(self.codes, "M0004")), "--answers", member.file("answers.json", '["yes","yes"]'))
        self.assert_refused(4, "walkout login", member.run, "ballot", "vote", "typed", *files, "--yes", "--no-input")
        self.assert_refused(1, "There is no ballot", member.run, "ballot", "vote", "nonesuch", *files, "--yes")
        world.set_clock("2013-10-18T11:00:00Z")
        with Typist(member, "ballot", "vote", "typed") as t:
            self.assertEqual(t.ended(), 5)
        self.assertIn("has closed. Votes had to arrive before 12 noon on Friday 18 October 2013 (BST)", " ".join(t.screen.split()))
        self.assertNotIn("Voting code", t.screen)
        world.stop()
        self.assert_refused(6, "", member.run, "ballot", "vote", "typed", *files, "--yes")


if __name__ == "__main__":
    unittest.main()
