"""Programs that are not ours: belenios-tool verifies an archive of ours, and tests/support/audit-archive adds what it does not check;
both, and our verifier, refuse it once altered. Ballots here are made half by our client and half by belenios.py."""

import os
import shutil
import subprocess
import unittest

import harness
from harness import members, plan

EMPLOYER = "Hampshire Probation Trust"
AUDIT = harness.ROOT / "tests" / "support" / "audit-archive"


def belenios_verify(archive, folder):
    """Exit status and words of `belenios-tool election verify` over this archive alone."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    shutil.copy(archive, folder)
    done = subprocess.run(["belenios-tool", "election", "verify"], cwd=folder, capture_output=True, text=True, timeout=300)
    return done.returncode, done.stdout + done.stderr


@unittest.skipUnless(shutil.which("belenios-tool") or os.environ.get("CI"), "belenios-tool is not installed")
class IndependentTest(harness.WorldTest):
    def test_belenios_tool_and_the_audit_script_agree_with_our_verifier(self):
        world = self.world(clock="2013-09-02T08:00:00Z").begin()
        world.import_register(members(8, EMPLOYER))
        held = plan("independent", "2013-09-30T09:00", "2013-10-18T12:00", "2013-09-10", as_if_lawful=["online"])
        codes = world.open(held, [EMPLOYER])
        for number, answers in (("M0001", ("yes", "no")), ("M0002", ("no", "blank"))):
            world.vote("independent", number, codes[f"{number.lower()}@members.example"], *answers)
        world.cast_independently("independent", codes, {"M0003": ("yes", "yes"), "M0004": ("blank", "no")})
        result, = world.close_and_declare(held)["constituencies"]
        self.assertEqual([(q["yes"], q["no"], q["spoiled"]) for q in result["questions"]], [(2, 1, 1), (1, 2, 1)])

        archive, = world.archives("independent")
        anyone = world.person("anyone")
        anyone.run("archive", "verify", archive)
        status, words = belenios_verify(archive, anyone.home / "belenios")
        self.assertEqual(status, 0, words)
        self.assertIn("all checks passed", words)
        audit = subprocess.run([AUDIT, archive], capture_output=True, text=True, timeout=300)
        self.assertEqual(audit.returncode, 0, audit.stdout + audit.stderr)
        self.assertIn("AUDIT OK", audit.stdout)

        content = bytearray(archive.read_bytes())
        content[content.index(b'"response":"') + 14] ^= 1
        altered = anyone.home / archive.name
        altered.write_bytes(content)
        self.assert_refused(3, "", anyone.run, "archive", "verify", altered)
        self.assertNotEqual(belenios_verify(altered, anyone.home / "belenios")[0], 0)
        self.assertNotEqual(subprocess.run([AUDIT, altered], capture_output=True, timeout=300).returncode, 0)


if __name__ == "__main__":
    unittest.main()
