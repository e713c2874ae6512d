"""Published ballots of fewer than 2,500 entitled, vote by vote through the server: the figures and the outcome must be those published.
law.md 3.1, rows 4 and 4b, 6, 7, 8, 11 and 11b; the larger ones run through the domain in ballot_tests. Where the number entitled was not
published it is taken as the number cast. All were postal: here they run online in a rehearsal that says so."""

import dataclasses
import datetime
import unittest

import harness
from harness import members, plan


@dataclasses.dataclass
class Published:
    row: str
    name: str
    closed: str
    entitled: int
    strike: tuple  # yes, no, spoiled
    short: tuple | None
    supported: tuple  # strike, short
    important_public_service: bool = False


PUBLISHED = (
    Published("11 and 11b", "rmt-high-output-2015", "2015-03-16", 72, (55, 17, 0), (65, 7, 0), (True, True)),
    # "date not shown, post-2017"
    Published("8", "rmt-district-centre", "2018-06-01", 171, (71, 3, 0), None, (False,), important_public_service=True),
    Published("7", "rmt-churchill-2022", "2022-02-01", 42, (35, 2, 0), (35, 2, 0), (True, True)),
    Published("4 and 4b", "rmt-c2c-2022", "2022-05-24", 79, (43, 1, 1), (41, 3, 1), (True, True)),
    Published("6", "rmt-new-street-2024", "2024-04-09", 41, (18, 0, 0), (18, 0, 0), (False, False)),
)


def column(yes, no, spoiled):
    return ["yes"] * yes + ["no"] * no + ["blank"] * spoiled


class PublishedTest(harness.WorldTest):
    def test_each_gives_its_published_figures_and_outcome(self):
        world = self.world(clock="2015-01-05T08:00:00Z").begin()
        first = 1
        for ballot in PUBLISHED:
            with self.subTest(row=ballot.row):
                self.run_again(world, ballot, first)
            first += ballot.entitled

    def run_again(self, world, ballot, first):
        employer = f"Employer of {ballot.name}"
        closes = datetime.date.fromisoformat(ballot.closed)
        day = lambda before: (closes - datetime.timedelta(days=before)).isoformat()  # noqa: E731
        world.set_clock(f"{day(60)}T08:00:00Z")
        world.import_register(members(ballot.entitled, employer, branch=ballot.name, workplace="Depot", first=first))
        columns = [column(*figures) for figures in (ballot.strike, ballot.short) if figures]
        held = plan(ballot.name, day(21) + "T09:00", ballot.closed + "T12:00", day(45), as_if_lawful=["online"],
                    entitled={"employers": [employer]}, aggregate_ground="one_workplace", important_public_service=ballot.important_public_service)
        held["questions"] = held["questions"][:len(columns)]
        codes = world.open(held, [employer])
        world.cast(ballot.name, codes, {f"M{first + n:04}": votes for n, votes in enumerate(zip(*columns))})
        result, = world.close_and_declare(held)["constituencies"]
        self.assertEqual((result["entitled"], result["cast"]), (ballot.entitled, sum(ballot.strike)))
        figures = [(q["yes"], q["no"], q["spoiled"]) for q in result["questions"]]
        self.assertEqual(figures, [f for f in (ballot.strike, ballot.short) if f])
        self.assertEqual(tuple(q["supported"] for q in result["questions"]), ballot.supported)
        archive, = world.archives(ballot.name)
        world.person("anyone").run("archive", "verify", archive)
        if sum(ballot.strike) <= 45:  # a second program takes 0.1 s a ballot over it
            self.audit(archive)


if __name__ == "__main__":
    unittest.main()
