"""Four trustees, any two of whom decrypt, in the group Ed25519: their mistakes, a server that cheats, a lost machine, and a second total."""

import contextlib
import json
import shutil
import sqlite3
import unittest

import harness
from harness import members, plan

EMPLOYER = "Hampshire Probation Trust"
TRUSTEES = ("scrutineer", "union", "outsider", "elder")
BALLOT = "four-keys"


class TrusteeTest(harness.WorldTest):
    def test_any_two_of_four_trustees_decrypt_once_what_two_people_approved_and_whoever_cheats_is_named(self):
        self.here = world = self.world(clock="2013-09-02T08:00:00Z").begin({"elder": ("Ella Elder", "trustee", None)})
        world.import_register(members(12, EMPLOYER))
        held = plan(BALLOT, "2013-09-30T09:00", "2013-10-18T12:00", "2013-09-10", as_if_lawful=["online"], group="Ed25519",
                    trustees={"threshold": 2, "numbers": list(TRUSTEES)})
        world.ceremony = self.ceremony
        codes = world.open(held, [EMPLOYER])
        shown = world.person("gs").run("ballot", "show", BALLOT).stdout
        self.assertIn("Ed25519, which of other programs only belenios-tool 3.x checks; any 2 of 4 trustees", " ".join(shown.split()))
        world.cast(BALLOT, codes, {f"M{n:04}": ("yes", "no") for n in range(1, 8)})
        earlier = self.snapshot()
        world.vote(BALLOT, "M0008", codes["m0008@members.example"], "no", "no")
        self.count()
        constituency, = world.declare(BALLOT)["constituencies"]
        self.assertEqual((constituency["questions"][0]["yes"], constituency["questions"][0]["no"]), (7, 1))
        archive, = world.archives(BALLOT)
        world.person("anyone").run("archive", "verify", archive)
        self.second_total(earlier)

    # ---- helpers ----

    def trustee(self, who, step, *more, **options):
        person = self.here.person(who)
        return person.run("trustee", step, *more, "--passphrase-file", person.home / "passphrase", **options)

    def each(self, step, *more):
        return [self.trustee(who, step, BALLOT, *more) for who in TRUSTEES]

    def status(self, who):
        return self.here.person(who).run("trustee", "status", BALLOT).stdout

    def change(self, statement, *values):
        """As root on the server could."""
        with contextlib.closing(sqlite3.connect(self.here.folder / "walkout.db", timeout=30)) as database, database:
            return database.execute(statement, values).rowcount

    def snapshot(self):
        self.here.stop()
        kept = self.here.folder / "backup"
        kept.mkdir()
        for file in self.here.folder.glob("walkout.db*"):
            shutil.copy(file, kept)
        self.here.start()
        return kept

    # ---- the ceremony ----

    def ceremony(self, ballot):
        self.assertIn(f"Next, you: walkout trustee join {ballot}", self.status("union"))
        self.assertIn("Waiting for union, outsider, elder to join", self.trustee("scrutineer", "join", ballot).stdout)
        self.assertIn("joined already", self.trustee("scrutineer", "join", ballot).stdout)
        self.assert_refused(7, "union, outsider, elder", self.trustee, "scrutineer", "confirm", ballot)
        self.assert_refused(4, "passphrase does not open", self.here.person("scrutineer").run, "trustee", "confirm", ballot, "--passphrase-file",
                            self.here.person("scrutineer").file("wrong", "another passphrase\n"))
        for who in TRUSTEES[1:]:
            joined = self.trustee(who, "join", ballot).stdout
        self.assertIn(f"Next, you: walkout trustee confirm {ballot}", joined)

        self.here.person("elder").run("trustee", "restart", ballot, "--yes", "--reason", "I have forgotten my passphrase")
        self.assert_refused(7, "elder: I have forgotten my passphrase", self.trustee, "union", "confirm", ballot, "--yes")
        self.assertIn("is kept as", self.trustee("union", "join", ballot).stderr)
        for who in ("scrutineer", "outsider", "elder"):
            self.trustee(who, "join", ballot)
        self.words_are_the_same_for_all(ballot)
        self.each("shares")
        self.server_changes_a_share(ballot)
        self.each_again(ballot)
        self.copies(ballot)

    def words_are_the_same_for_all(self, ballot):
        heard = [done.stderr.replace(" (you)", "") for done in self.each("confirm", "--yes")]
        lines = [[line for line in said.splitlines() if line.startswith("  trustee ") or line.startswith("  gs, ")] for said in heard]
        self.assertEqual(len(lines[0]), 5)
        self.assertTrue(all(one == lines[0] for one in lines), lines)
        own = self.here.person("gs").run("key", "show").stderr.split(": ")[1].split("\n")[0]
        self.assertIn(own, lines[0][4], "the words of the general secretary's key are those on her own machine")

    def server_changes_a_share(self, ballot):
        message, = self.here.recorded("SELECT message FROM ceremony_message WHERE ballot = ? AND attempt = 2 AND step = 'shares' AND seat = 2", ballot)[0]
        at = message.index('shares\\":[\\"') + 12
        self.assertEqual(1, self.change("UPDATE ceremony_message SET message = ? WHERE ballot = ? AND attempt = 2 AND step = 'shares' AND seat = 2",
                                        message[:at] + ("1" if message[at] == "0" else "0") + message[at + 1:], ballot))
        refused = self.assert_refused(3, "trustee 2 (union)", self.trustee, "scrutineer", "confirm", ballot)
        self.assertIn("names union", " ".join(refused.words.split()))
        self.assertIn("given up by scrutineer, whose complaint names union", self.status("outsider"))
        self.assertIn("scrutineer has signed that", self.trustee("outsider", "join", ballot).stderr)

    def each_again(self, ballot):
        for who in ("scrutineer", "union", "elder"):
            self.trustee(who, "join", ballot)
        self.each("confirm", "--yes")
        self.each("shares")
        self.assert_refused(7, "no share yet", self.trustee, "union", "copy", ballot, "--to", self.here.folder / "too-early")
        done = self.each("confirm")[-1]
        self.assertIn("key is complete", done.stdout)
        self.assertIn("trustee copy", done.stdout)

    def copies(self, ballot):
        self.copy = self.here.folder / "on-another-disk"
        self.trustee("union", "copy", ballot, "--to", self.copy)
        self.assertIn("trustee 2 of 4 (union)", self.trustee("elder", "check-share", self.copy).stdout)  # the tests' people share a passphrase
        self.assert_refused(4, "passphrase does not open", self.here.person("union").run, "trustee", "check-share", self.copy, "--passphrase-file",
                            self.here.person("union").file("wrong", "another passphrase\n"))
        damaged = self.here.folder / "damaged"
        content = self.copy.read_text()
        damaged.write_text(content[:-20] + ("1" if content[-20] == "0" else "0") + content[-19:])
        self.assert_refused(4, "or the file is damaged", self.trustee, "union", "check-share", damaged)
        damaged.write_text("another file\n")
        self.assert_refused(1, "not a file of this kind", self.trustee, "union", "check-share", damaged)
        self.assert_refused(7, "already", self.trustee, "union", "restore", self.copy)

    # ---- the count ----

    def count(self):
        world = self.here
        world.set_clock("2013-10-18T11:00:00Z")
        self.assert_refused(7, "has not been started", self.trustee, "scrutineer", "decrypt", BALLOT)
        world.approve(BALLOT, "count")
        world.person("scrutineer").run("ballot", "count", BALLOT)
        self.unproven_approvals()
        self.wrong_decryption()
        self.assertIn("Still needed: 1 of union, outsider, elder", self.trustee("scrutineer", "decrypt", BALLOT).stdout)
        self.assertIn("1 of the 2", self.trustee("scrutineer", "decrypt", BALLOT).stdout, "again is no second decryption")
        self.assert_refused(7, "1 more trustee must decrypt: union or outsider or elder", world.person("gs").run, "ballot", "approve", BALLOT, "declare", "--show")

        shutil.rmtree(world.person("union").home / "data" / "walkout" / "trustees")  # the machine is lost
        shutil.rmtree(world.person("union").home / "state" / "walkout" / "heads", ignore_errors=True)
        self.assert_refused(1, "trustee restore", self.trustee, "union", "decrypt", BALLOT)
        self.trustee("union", "restore", self.copy)
        self.assertIn("totals are known", self.trustee("union", "decrypt", BALLOT).stdout)
        self.assert_refused(7, "not needed", self.trustee, "outsider", "decrypt", BALLOT)

    def unproven_approvals(self):
        """Root on the server puts a signature of its own in the general secretary's place, then takes it away, then approves other boards."""
        row = "FROM approval WHERE step = 'count' AND number = 'gs'"
        (signature, expires), = self.here.recorded(f"SELECT signature, expires {row}")
        self.change("DROP TRIGGER approval_stands")
        self.change("UPDATE approval SET signature = ? WHERE step = 'count' AND number = 'gs'", bytes(64))
        self.assert_refused(3, "the signature of gs was not made with the key confirmed at the ceremony", self.trustee, "scrutineer", "decrypt", BALLOT)
        self.change("UPDATE approval SET signature = ?, number = 'elder' WHERE step = 'count' AND number = 'gs'", signature)
        self.assert_refused(3, "the key of elder was not among those confirmed", self.trustee, "scrutineer", "decrypt", BALLOT)
        self.change("UPDATE approval SET number = 'gs', expires = ? WHERE step = 'count' AND number = 'elder'", expires + 1)
        self.assert_refused(3, "the signature of gs", self.trustee, "scrutineer", "decrypt", BALLOT)
        self.change("UPDATE approval SET expires = ? WHERE step = 'count' AND number = 'gs'", expires)
        (height,), = self.here.recorded("SELECT board_height FROM constituency WHERE ballot = ?", BALLOT)
        (text,), = self.here.recorded("SELECT canonical FROM counted_on")
        other = text.replace(f"|{height}|", f"|{height - 1}|")
        self.assertNotEqual(other, text)
        self.change("DROP TRIGGER counted_on_stands")
        self.change("UPDATE counted_on SET canonical = ?", other)
        self.assert_refused(3, "not those whose count was approved", self.trustee, "scrutineer", "decrypt", BALLOT)
        self.change("UPDATE counted_on SET canonical = ?", text)

    def wrong_decryption(self):
        token, = (self.here.person("union").home / "state" / "walkout").glob("session*")
        place = self.here.get(f"/api/v1/ballots/{BALLOT}/voting")["constituencies"][0]["id"]
        body = json.dumps({"constituencies": [{"constituency": place, "decryption": '{"decryption_factors":[],"decryption_proofs":[]}'}]}).encode()
        status, _, reply = self.here.request("POST", f"/api/v1/ballots/{BALLOT}/decryptions", body,
                                             {"Authorization": "Bearer " + token.read_text().split("\n")[1]})
        self.assertEqual(status, 422)
        self.assertIn("trustee 2 (union)", json.loads(reply)["detail"])

    def second_total(self, earlier):
        """The server comes back with a board of one vote less, and two people are fooled into approving its count. The difference would be that vote."""
        world = self.here
        world.stop()
        for file in world.folder.glob("walkout.db*"):
            file.unlink()
        for file in earlier.iterdir():
            shutil.copy(file, world.folder)
        world.start()
        world.set_clock("2013-10-18T11:00:00Z")
        world.approve(BALLOT, "count")
        world.person("scrutineer").run("ballot", "count", BALLOT)
        self.assert_refused(3, "no longer holds what it held", self.trustee, "scrutineer", "decrypt", BALLOT)
        shutil.rmtree(world.person("scrutineer").home / "state" / "walkout" / "heads")  # a machine that never saw the board
        for _ in range(2):
            self.assert_refused(3, "you have decrypted a different total of this election before", self.trustee, "scrutineer", "decrypt", BALLOT)


if __name__ == "__main__":
    unittest.main()
