"""Lost codes, late members and withdrawn ones: two signatures change who may vote, the old code is dead everywhere, the count adds up, and anybody can
check the published register against the archive."""

import hashlib
import json
import os
import shutil
import subprocess
import unittest

import harness
from harness import mails, members, plan, text_of
from independent_test import AUDIT, belenios_verify

EMPLOYER = "Hampshire Probation Trust"
NOT_ENTITLED, CONFLICT, VERIFICATION_FAILED, ERROR = 5, 7, 3, 1


def address(number):
    return f"{number.lower()}@members.example"


class ReplacementTest(harness.WorldTest):
    def setUp(self):
        self.w = self.world(clock="2013-09-02T08:00:00Z").begin()
        rows = members(61, EMPLOYER)
        rows[60]["joined"] = "2013-09-12"  # after the cut-off: not on the roll
        self.w.import_register(rows)
        self.plan = plan("lost", "2013-09-30T09:00", "2013-10-18T12:00", "2013-09-10", as_if_lawful=["online"])
        self.codes = self.w.open(self.plan, [EMPLOYER])
        self.scrutineer, self.gs = self.w.person("scrutineer"), self.w.person("gs")
        self.passphrase = ("--passphrase-file", self.scrutineer.home / "passphrase")
        self.place, self.election = self.w.election("lost")

    def codes_command(self, verb, *words, **options):
        more = self.passphrase if verb in ("replace", "send") else ()
        return self.scrutineer.run("codes", verb, "lost", *words, *more, **options)

    def changes(self):
        return self.scrutineer.json("codes", "changes", "lost")

    def send(self, number, *words):
        """What leaves for one member: {address: code}."""
        folder = self.scrutineer.home / f"letters-{number}-{len(words)}"
        self.codes_command("send", "--member", number, "--outbox", folder, "--from", "scrutineer@scrutiny.example", *words)
        self.last_letter, = (text_of(mail) for mail in mails(folder).values())
        return harness.codes_in(folder)

    def test_a_lost_code_a_late_member_and_a_withdrawn_one(self):
        w = self.w
        # "I have no code": the same one again, to the right address. Nothing is replaced.
        sent = self.send("M0003", "--to", "new@members.example")
        self.assertEqual(sent, {"new@members.example": self.codes[address("M0003")]})
        self.assert_refused(ERROR, "is sent again: walkout codes send lost --member M0003", self.codes_command, "replace", "--member", "M0003", "--reason",
                            "not_received")

        # A first batch of votes is published before anything changes.
        first = {f"M{n:04}": ("yes", "no") for n in range(10, 20)}  # a batch is ten: whenever the hour is noticed, these are one
        w.cast("lost", self.codes, first)
        w.set_clock("2013-09-30T14:00:00Z")
        self.assertEqual(w.get(f"/api/v1/constituencies/{self.place}/head")["height"], 10)

        # A code that somebody has used is not replaced; the vote stays, and the complaint is counted.
        state = w.votes()
        self.assert_refused(CONFLICT, "It stays on the board", self.codes_command, "replace", "--member", "M0010", "--reason", "disclosed")
        self.assertEqual(w.votes(), state)
        remembered = w.recorded("SELECT count(*) FROM idempotency")
        self.codes_command("incident", "--member", "M0010")
        self.codes_command("incident", "--member", "M0010")  # once, however often it is told
        self.assertEqual(w.recorded("SELECT count(*) FROM idempotency"), remembered, "a hash of the request tells who has returned, to whoever tries all numbers")
        self.assertEqual(self.changes()["incidents"], 1)
        self.assert_refused(CONFLICT, "Replace their code", self.codes_command, "incident", "--member", "M0001")

        # Proposed, and by one signature nothing has happened yet.
        self.codes_command("replace", "--member", "M0001", "--member", "M0002", "--reason", "lost", "--late", "M0061", "--withdraw", "M0005")
        self.codes_command("replace", "--member", "M0001", "--member", "M0002", "--reason", "lost", "--late", "M0061", "--withdraw", "M0005")
        self.assertEqual([batch["done"] for batch in self.changes()["batches"]], [False])
        shown = self.gs.run("ballot", "approve", "lost", "replace", "--show").stdout
        self.assertNotIn("M0001", shown, "the union learns who has lost a code, and so has not voted")
        self.assertIn("M0061", shown)
        self.assertIn("2 voting codes replaced (lost)", shown)
        w.approve("lost", "replace", "scrutineer")
        self.assertEqual(w.recorded("SELECT count(*) FROM register_record"), [(0,)])
        self.assertEqual(w.vote("lost", "M0061", self.codes[address("M0001")], "yes", "yes", allow=(NOT_ENTITLED,)).returncode, NOT_ENTITLED)

        # The second signature makes all of it true, on disk.
        w.approve("lost", "replace", "gs")
        w.kill()
        self.assertIn("are whole", w.walkoutd("check").stdout)
        w.start()
        self.assertEqual(w.recorded("SELECT count(*) FROM register_record"), [(4,)])
        self.assertTrue(self.changes()["batches"][0]["done"])
        self.assert_refused(CONFLICT, "taken effect already", self.gs.run, "ballot", "approve", "lost", "replace", "--yes")
        figures = self.gs.json("ballot", "figures", "lost")
        self.assertEqual((figures["revision"], figures["entitled"]), (2, 60))

        # The old codes are dead, by our client and by any other program; the new ones vote.
        done = w.vote("lost", "M0001", self.codes[address("M0001")], "yes", "yes", allow=(NOT_ENTITLED,))
        self.assertIn("has been replaced", done.stderr)
        for number in ("M0001", "M0002", "M0005"):
            body = {"ballot": self.election.ballot(self.codes[address(number)], "yes", "yes"), "member_number": number}
            status, problem = w.post(f"/api/v1/constituencies/{self.place}/votes", body)
            self.assertEqual((status, problem["type"]), (403, "/problems/code_replaced"))
        new = {number: self.send(number)[address(number)] for number in ("M0001", "M0002", "M0061")}
        self.assertIn("does not work any more", self.last_letter)
        self.assertFalse(set(new.values()) & set(self.codes.values()))
        self.assert_refused(ERROR, "no voting code for member M0005", self.send, "M0005")
        self.assertEqual(w.recorded("SELECT sent, total FROM code_statement"), [(61, 61)])
        second = {**{number: ("yes", "yes") for number in ("M0001", "M0061")}, **{f"M{n:04}": ("no", "blank") for n in range(30, 38)}}
        codes = {**self.codes, **{address(number): code for number, code in new.items()}}
        w.cast("lost", codes, second)
        w.set_clock("2013-09-30T16:00:00Z")

        # A new code may be lost as well; whoever votes meanwhile makes the batch impossible, and the second person is not told who that was.
        self.codes_command("replace", "--member", "M0002", "--reason", "unreadable")
        w.approve("lost", "replace", "scrutineer")
        w.vote("lost", "M0002", new["M0002"], "yes", "yes")
        refused = self.assert_refused(CONFLICT, "cannot be made as it is", w.approve, "lost", "replace", "gs")
        self.assertNotIn("M0002", str(refused))
        self.assertEqual(w.recorded("SELECT count(*) FROM register_record"), [(4,)])

        # Everybody's current code goes out again: nobody gets a dead one.
        folder = self.scrutineer.home / "everybody"
        self.codes_command("send", "--outbox", folder, "--from", "scrutineer@scrutiny.example")
        self.assertEqual(harness.codes_in(folder), {**{a: c for a, c in codes.items() if a != address("M0005")}})

        status, problem = w.request("GET", f"/api/v1/constituencies/{self.place}/register")[::2]
        self.assertEqual((status, json.loads(problem)["type"]), (409, "/problems/register_not_published"))
        result, = w.close_and_declare(self.plan)["constituencies"]
        self.assertEqual((result["entitled"], result["cast"]), (60, 21))
        self.assertEqual([(q["yes"], q["no"], q["spoiled"]) for q in result["questions"]], [(13, 8, 0), (3, 10, 8)])
        self.everybody_can_check()
        self.the_codes_are_destroyed()
        self.assertIn("are whole", w.walkoutd("check").stdout)

    def everybody_can_check(self):
        archive, = self.w.archives("lost")
        anyone = self.w.person("anyone")
        register = archive.with_suffix(".register.json")
        verify = ("archive", "verify", archive, "--register", register)
        said = anyone.run(*verify).stdout
        self.assertIn("60 credentials are live for as many people entitled; 2 replaced, 1 late, 1 withdrawn, of 20 spares", said)
        if shutil.which("belenios-tool") or os.environ.get("CI"):
            self.assertEqual(belenios_verify(archive, anyone.home / "belenios")[0], 0)
            self.assertIn("AUDIT OK", subprocess.run([AUDIT, archive], capture_output=True, text=True, timeout=300).stdout)
        text = register.read_text()
        for number in ("M00", "members.example", "Member "):
            self.assertNotIn(number, text)
        self.the_chain_is_what_the_protocol_says(json.loads(text))

        # Whoever alters it is found out, by name.
        def altered(check, change):
            wrong = json.loads(text)
            change(wrong)
            register.write_text(json.dumps(wrong, separators=(",", ":"), ensure_ascii=False) + "\n")
            report = json.loads(anyone.run(*verify, "--structure-only", "--json", allow=(VERIFICATION_FAILED,)).stdout)
            self.assertEqual((report["failed_check"], report["valid"]), (check, False), report["why"])

        altered("register-entitled", lambda reg: reg.update(entitled=61))
        altered("register-heads", lambda reg: reg["records"].pop())
        altered("register-chain", lambda reg: reg["records"].pop(0))
        altered("register-chain", lambda reg: reg["records"][0].update(prev="0" * 64))
        altered("register-heads", lambda reg: reg["heads"][0].update(register_hash="0" * 64))
        altered("register-list", lambda reg: reg["spares"].append("4"))
        altered("register-binding", lambda reg: reg.update(election="0" * 43))
        altered("register-form", lambda reg: reg.update(remark="none"))

    def the_chain_is_what_the_protocol_says(self, reg):
        """Recomputed here from the description alone."""
        sha = lambda text: hashlib.sha256(text.encode()).hexdigest()  # noqa: E731
        chain = [sha("walkout-register/1|" + reg["election"] + "\n" + "".join(spare + "\n" for spare in reg["spares"]))]
        for seq, record in enumerate(reg["records"], 1):
            self.assertEqual((record["seq"], record["prev"]), (seq, chain[-1]))
            self.assertLessEqual(record.keys(), {"seq", "prev", "kind", "credential_out", "credential_in", "reason_code"})
            chain.append(sha(json.dumps(record, separators=(",", ":"))))
        self.assertEqual(len(chain), 5)
        known, before = [], ""
        for head in reg["heads"]:
            known.append([sha(f"walkout-register-head/2|{reg['blind']}|{before}|{link}") for link in chain].index(head["register_hash"]))
            before = head["register_hash"]
        self.assertEqual(known[:3], [0, 0, 4])  # the opening, the batch before the changes, the batch after
        self.assertEqual(set(known[3:]), {4})

    def the_codes_are_destroyed(self):
        vault = self.scrutineer.home / "data/walkout/vaults/lost.vault"
        copy = self.scrutineer.home / "lost.vault-copy"
        content = vault.read_bytes()
        unrelated = self.scrutineer.file("diary", "not a vault\n")
        self.assert_refused(ERROR, "not a copy of this ballot's vault", self.codes_command, "destroy", "--copy", unrelated, "--yes")
        self.assertTrue(vault.exists() and unrelated.exists())
        statement = self.scrutineer.home / "destroyed.json"
        self.codes_command("destroy", "--copy", copy, "-o", statement, "--yes")
        self.codes_command("destroy", "--copy", copy, "--yes")  # a lost answer: the same statement again
        self.assertFalse(vault.exists() or copy.exists())
        published = self.w.get("/api/v1/ballots/lost/vault-destroyed")
        self.assertEqual(published, json.loads(statement.read_text()))
        self.assertEqual((published["vault"], published["copies"]), (hashlib.sha256(content).hexdigest(), 2))
        self.assertEqual(published["key"], self.scrutineer.run("key", "show").stdout.split()[-1])


if __name__ == "__main__":
    unittest.main()
