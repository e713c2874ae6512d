"""The auditor, the watcher and the member with a receipt, against a server that is honest and against one that is not: a proxy of ours that holds the
board's own key, as a broken-into server does, and shows whom it likes what it likes. Wrong archives are made by walkout-tamper."""

import http.server
import json
import os
import pathlib
import shutil
import ssl
import subprocess
import tempfile
import threading
import time
import unittest

import harness
from harness import members, plan

EMPLOYER = "Hampshire Probation Trust"
BALLOT = "audited"
AUDIT = harness.ROOT / "tests" / "support" / "audit-archive"
TAMPER = harness.BIN / "walkout-tamper"


def tamper(*words):
    subprocess.run([TAMPER, *map(str, words)], check=True, capture_output=True, text=True, timeout=60)


def head_text(head):
    return "|".join(["walkout-head", head["election"], str(head["height"]), head["event"], head["register_hash"], head["audit_hash"], head["batch"]])


def events(archive):
    """Hashes of an archive's events, by tar alone."""
    names = subprocess.run(["tar", "-tf", archive], capture_output=True, text=True).stdout.split()
    return [name.split(".")[0] for name in names if name.endswith(".event.json")]


class LyingProxy:
    """Passes everything to the server, but for the paths it was told to answer itself."""

    def __init__(self, world):
        self.world = world
        self.answers = {}  # path -> (status, bytes)
        proxy = self

        class Handler(http.server.BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self):
                status, body = proxy.answers.get(self.path) or proxy.pass_on(self.path, self.headers)
                self.send_response(status)
                self.send_header("Content-Type", "application/problem+json" if status >= 400 else "application/json")
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_):
                pass

        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(world.folder / "server.pem", world.folder / "server.key")
        self.server.socket = context.wrap_socket(self.server.socket, server_side=True)
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def pass_on(self, path, headers):
        token = {"Authorization": headers["Authorization"]} if headers["Authorization"] else {}
        status, _, body = self.world.request("GET", path, headers=token)
        return status, body

    @property
    def options(self):
        return ("--server", f"https://localhost:{self.server.server_address[1]}", "--cacert", self.world.cacert)

    def close(self):
        self.server.shutdown()
        self.server.server_close()


class Forger:
    """Signs with the board's own key."""

    def __init__(self, world):
        self.folder = world.folder / "forger"
        self.folder.mkdir()
        seed = bytes.fromhex((world.folder / "board.key").read_text().strip()[:64])
        self.key = self.folder / "key.der"
        self.key.write_bytes(bytes.fromhex("302e020100300506032b657004220420") + seed)

    def sign(self, text):
        message = self.folder / "text"
        message.write_text(text)
        return subprocess.run(["openssl", "pkeyutl", "-sign", "-inkey", self.key, "-keyform", "DER", "-rawin", "-in", message],
                              check=True, capture_output=True, timeout=60).stdout.hex()

    def head(self, honest, archive, **changes):
        """A head of this archive, signed, in the form the server sends."""
        chain = events(archive)
        head = {**honest, "height": len(chain) - 1, "event": chain[-1], **changes}
        return {**head, "signature": self.sign(head_text(head))}


class AuditTest(harness.WorldTest):
    def setUp(self):
        self.w = self.world(clock="2013-09-02T08:00:00Z").begin()
        self.w.import_register(members(60, EMPLOYER))
        self.plan = plan(BALLOT, "2013-09-30T09:00", "2013-10-18T12:00", "2013-09-10", as_if_lawful=["online"])
        self.codes = self.w.open(self.plan, [EMPLOYER])
        self.place = self.w.election(BALLOT)[0]
        self.head_path = f"/api/v1/constituencies/{self.place}/head"
        self.archive_path = f"/api/v1/constituencies/{self.place}/archive"
        self.proxy = LyingProxy(self.w)
        self.addCleanup(self.proxy.close)
        self.forger = Forger(self.w)

    def folder(self, name):
        folder = self.w.folder / name
        folder.mkdir(exist_ok=True)
        return folder

    def vote(self, numbers, *answers):
        self.w.cast(BALLOT, self.codes, {f"M{n:04}": answers for n in numbers})

    def vote_with_receipt(self, number):
        self.w.vote(BALLOT, number, self.codes[f"{number.lower()}@members.example"], "yes", "blank")
        return self.w.person(number).json("receipt", "list")["receipts"][0]["tracker"]

    def until_published(self, ballots):
        """The hourly batch is published by a ticker of the server."""
        until = time.monotonic() + 30
        while time.monotonic() < until:
            if self.w.get(self.head_path)["height"] >= ballots:
                return
            time.sleep(0.05)
        self.fail("the batch was not published")

    def watch(self, folder, *options, allow=(0,)):
        return self.w.person("watcher").run("archive", "watch", BALLOT, "--once", "-o", folder, *options, allow=allow)

    def alarm(self, words, folder, *options):
        """The proxy lies: the watcher says so, with these words, and keeps the evidence; its own copy stays as it was."""
        copy = folder / f"{self.place}.bel"
        before = copy.read_bytes()
        refused = self.assert_refused(3, words, self.watch, folder, *self.proxy.options, *options)
        self.assertIn("ALARM", refused.words)
        self.assertEqual(copy.read_bytes(), before)
        evidence = sorted(folder.glob("evidence-*"))
        self.assertTrue(evidence, "nothing was kept as evidence")
        for one in evidence:
            shutil.rmtree(one)
        self.proxy.answers.clear()

    def lie(self, archive=None, head=None):
        if archive:
            self.proxy.answers[self.archive_path] = (200, pathlib.Path(archive).read_bytes())
        if head:
            self.proxy.answers[self.head_path] = (200, json.dumps(head).encode())

    def test_watcher_auditor_and_member_see_what_an_honest_server_does_and_what_another_one_hides(self):
        w = self.w
        mine, elsewhere = self.folder("watched"), self.folder("witness")
        first = self.watch(mine)
        self.assertIn("height 0", first.stdout)
        self.assertIn("board key", first.stderr)
        self.watch(elsewhere)
        tracker = self.vote_with_receipt("M0001")
        member = w.person("M0001")
        self.assertIn("Promised by", member.run("receipt", "check", tracker).stdout)
        self.vote(range(2, 13), "yes", "no")
        w.set_clock("2013-09-30T14:30:00Z")
        self.until_published(12)

        with self.subTest("the watcher sees the board grow, once"):
            seen = self.watch(mine, "--json")
            line = json.loads(seen.stdout)
            self.assertEqual((line["ballots"], line["ballots_added"], line["height"]), (12, 12, 12))
            self.assertEqual(self.watch(mine).stdout, "")
            self.assertEqual(len((mine / f"{self.place}.heads.jsonl").read_text().splitlines()), 2)
        with self.subTest("the member finds the vote under a signed head"):
            said = member.run("receipt", "check", tracker).stdout
            self.assertIn("on the public board", said)
            self.assertIn(line["event"], said)
        honest = w.get(self.head_path)
        earlier = self.folder("earlier") / "earlier.bel"
        shutil.copy(mine / f"{self.place}.bel", earlier)
        self.lies_are_found(mine, elsewhere, earlier, honest)
        late = self.broken_promise(honest, earlier)

        w.close_and_declare(self.plan)
        with self.subTest("all of it holds after the declaration"):
            self.assertIn("with the result", self.watch(mine).stdout)
            self.assertIn("Your vote was counted.", member.run("receipt", "check", tracker).stdout)
            self.assertIn("Your vote was counted.", w.person("M0020").run("receipt", "check", late).stdout)
        self.auditor(earlier, tracker)

    def lies_are_found(self, mine, elsewhere, earlier, honest):
        dropped, swapped = earlier.with_name("dropped.bel"), earlier.with_name("swapped.bel")
        tamper("drop", 3, earlier, dropped)
        tamper("swap", 3, earlier, swapped)
        later = {"batch": "2013-09-30T15:30:00Z"}
        with self.subTest("a ballot vanishes, under a head that the board really signed"):
            self.lie(dropped, self.forger.head(honest, dropped, **later))
            self.alarm("signed two histories", mine)
        with self.subTest("two ballots change places, under another head of the same height"):
            self.lie(swapped, self.forger.head(honest, swapped, **later))
            self.alarm("two different events are signed for height 12", mine)
        with self.subTest("the archive changes under the honest head"):
            self.lie(dropped)
            self.alarm("Vanished: ", mine)
        with self.subTest("the board goes back to what it was"):
            self.lie(head=json.loads((mine / f"{self.place}.heads.jsonl").read_text().splitlines()[0]))
            self.alarm("went back", mine)
        with self.subTest("a head is signed by somebody else"):
            self.lie(head={**honest, "signature": honest["signature"][2:] + "00"})
            self.alarm("not signed", mine)
        with self.subTest("the board is gone"):
            self.proxy.answers[self.head_path] = (404, problem("not_published"))
            self.alarm("gone", mine)
        with self.subTest("the key is another one"):
            self.assert_refused(3, "not the one you gave", self.watch, mine, "--board-key", "0" * 64)
        with self.subTest("two watchers were shown two boards, and compare their heads"):
            forked = self.forger.head(honest, swapped)
            self.lie(swapped, forked)
            w_other = self.w.person("other")
            w_other.run("archive", "watch", BALLOT, "--once", "-o", elsewhere, *self.proxy.options)  # sees nothing wrong: a new view of a board it knows
            self.proxy.answers.clear()
            self.alarm("that a witness saw", mine, "--witness", elsewhere / f"{self.place}.heads.jsonl")
            self.assertEqual(self.watch(mine, "--witness", mine / f"{self.place}.heads.jsonl").returncode, 0)
        with self.subTest("a head that is not signed is no witness"):
            false = self.folder("false") / "head.json"
            false.write_text(json.dumps({**honest, "height": 99}) + "\n")
            self.assert_refused(1, "no head signed by this board", self.watch, mine, "--witness", false)

    def broken_promise(self, honest, earlier):
        """A member votes; the proxy closes the board without it. Returns the tracker."""
        tracker = self.vote_with_receipt("M0020")
        member = self.w.person("M0020")
        closed = earlier.with_name("closed.bel")
        shutil.copy(earlier, closed)
        tamper("close", earlier, closed)
        self.lie(closed, self.forger.head(honest, closed, batch="2013-09-30T16:00:00Z"))
        seen = member.home / "state/walkout/heads"
        with self.subTest("a broken promise is evidence that anyone can check"):
            said = member.run("receipt", "check", tracker, *self.proxy.options, allow=(3,)).stdout
            self.assertIn("The promise was broken.", said)
            for words in ("walkout-receipt|", "walkout-head|", tracker, "board key"):
                self.assertIn(words, said)
            folder = next((member.home / "state/walkout/evidence").iterdir())
            anyone = self.w.person("anyone")
            self.assertIn("closed without it", anyone.run("receipt", "evidence", folder).stdout)
            for what in ("receipt", "head"):
                openssl = subprocess.run(["openssl", "pkeyutl", "-verify", "-pubin", "-inkey", "board-key.pem", "-rawin", "-in", f"{what}.txt", "-sigfile", f"{what}.sig"],
                                         cwd=folder, capture_output=True, text=True, timeout=60)
                self.assertIn("Verified Successfully", openssl.stdout + openssl.stderr)
            shutil.copy(earlier, folder / "archive.bel")
            self.assert_refused(3, "not the one of the signed head", anyone.run, "receipt", "evidence", folder)
        shutil.rmtree(seen)  # this member's machine has seen the forged close, and would rightly object to the honest one
        self.proxy.answers.clear()
        return tracker

    def auditor(self, earlier, tracker):
        archive, = self.w.archives(BALLOT)
        anyone = self.w.person("anyone")
        paper = archive.with_name(f"{BALLOT}.paper.json")
        with self.subTest("the auditor verifies everything at once"):
            report = anyone.json("archive", "verify", archive, "--since", earlier, "--tracker", tracker, "--expect-voting-paper", paper)
            outcomes = {line["check"]: line["outcome"] for line in report["checks"]}
            self.assertEqual(set(outcomes.values()), {"passed"}, outcomes)
            self.assertLessEqual({"append-only", "tracker", "voting-paper", "result"}, outcomes.keys())
            self.assertEqual([[q["answers"][0]["count"], q["answers"][1]["count"], q["blank"]] for q in report["questions"]], [[13, 0, 0], [0, 11, 2]])
            self.assertEqual((report["since"]["ballots_added"], report["tracker"]["found"], report["tracker"]["ballots"]), (1, True, 13))
            words = anyone.run("archive", "verify", archive).stdout
            self.assertIn("VERIFIED", words)
            self.assertIn("left blank (spoiled) 2", words)
        with self.subTest("audit-archive agrees"):
            self.audit(archive)
        with self.subTest("what was asked for and does not hold is a failed check"):
            for option, value, check in (("--tracker", "A" * 43, "tracker"), ("--since", archive.with_name("other.bel"), "append-only"),
                                         ("--expect-voting-paper", anyone.file("paper.json", paper.read_text().replace("strike", "stroke")), "voting-paper")):
                if option == "--since":
                    tamper("drop", 1, archive, value)
                    tamper("close", value, value)
                done = anyone.run("archive", "verify", archive, option, value, "--json", allow=(3,))
                self.assertEqual(json.loads(done.stdout)["failed_check"], check)
        with self.subTest("the structure alone says that it proves nothing"):
            self.assertIn("STRUCTURE IN ORDER", anyone.run("archive", "verify", archive, "--structure-only").stdout)


def problem(code):
    return json.dumps({"type": f"/problems/{code}", "title": code, "status": 404, "detail": "Nothing is published yet.", "instance": "", "kind": "not_found"}).encode()


class WrongArchivesTest(harness.WorldTest):
    """Every wrong archive of protocol.md 2.12, by our verifier by name, and by belenios-tool with audit-archive."""

    def test_each_is_rejected_by_name_and_by_the_independent_audit(self):
        folder = pathlib.Path(tempfile.mkdtemp(prefix="walkout-wrong-"))
        self.addCleanup(shutil.rmtree, folder)
        faults = dict(line.split(" ") for line in subprocess.run([TAMPER, "list"], capture_output=True, text=True, check=True).stdout.splitlines())
        self.assertGreaterEqual(len(faults), 20)
        environment = {**os.environ, "HOME": str(folder), "XDG_STATE_HOME": str(folder), "XDG_CONFIG_HOME": str(folder)}
        # belenios-tool and the audit know nothing of one trustee decrypting twice, or of a choice that repeats one of the same ballot.
        beyond_the_audit = {"dropped-ballot", "repeated-choice"}
        for fault, check in faults.items():
            with self.subTest(fault):
                archive = folder / f"{fault}.bel"
                tamper("make", fault, archive)
                done = subprocess.run([harness.BIN / "walkout", "archive", "verify", archive, "--json"], env=environment, capture_output=True, text=True, timeout=60)
                self.assertEqual(json.loads(done.stdout).get("failed_check", ""), check)
                self.assertEqual(done.returncode, 3 if check else 0)
                if shutil.which("belenios-tool"):
                    audit = subprocess.run([AUDIT, archive], capture_output=True, text=True, timeout=60)
                    self.assertEqual(audit.returncode == 0, fault in beyond_the_audit, audit.stdout + audit.stderr)


if __name__ == "__main__":
    unittest.main()
