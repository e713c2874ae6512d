#!/usr/bin/python3
"""Writes an invented register:   make-register.py FOLDER   leaves branches.csv, employers.csv, workplaces.csv and members.csv there.

Every person, number, address and branch size is made up (the sizes of 2013 were never published); the trusts, the branch names and Andover
Road are real. The same on every run. Mail goes to the reserved domain .example, telephones to the numbers Ofcom keeps for drama.
"""

import csv
import pathlib
import random
import sys

FIRST = ("Alder Amber Ash Aspen Basil Bay Blossom Briar Bryony Cedar Clover Coral Daisy Dill Elder Fennel Fern Flint Hazel Heath Holly Iris Ivy "
         "Jasmine Juniper Laurel Linden Maple Marigold Myrtle Olive Pearl Poppy Reed Robin Rosemary Rowan Sage Sorrel Tansy Teal Violet "
         "Willow Wren Yarrow").split()
LAST = ("Avocet Bittern Brambling Bunting Chiffchaff Corncrake Crossbill Curlew Dabchick Dotterel Dunlin Dunnock Fieldfare Firecrest Gadwall "
        "Garganey Godwit Goldcrest Greenshank Greylag Hobby Kestrel Kittiwake Knot Lapwing Linnet Merlin Nuthatch Osprey Ouzel Pipit Plover "
        "Pochard Redshank Redwing Ruff Sanderling Serin Shoveler Siskin Stonechat Turnstone Twite Wagtail Whimbrel Whinchat Wigeon").split()
CATEGORIES = (("probation officer", 5), ("probation services officer", 3), ("case administrator", 2))

# branch, employer, members, workplaces (name, address, postcode, latitude, longitude, share)
BRANCHES = (
    ("Hampshire and Isle of Wight", "Hampshire Probation Trust", 250, (
        ("Andover Road headquarters", "Andover Road, Winchester", "SO22 6AA", 51.0705, -1.3212, 80),
        ("Southampton office", "1 Invented Street, Southampton", "SO14 0AA", 50.9050, -1.4040, 76),
        ("Portsmouth office", "2 Invented Street, Portsmouth", "PO1 0AA", 50.7990, -1.0910, 50),
        ("Newport office", "3 Invented Street, Newport, Isle of Wight", "PO30 0AA", 50.7000, -1.2940, 44))),
    ("Dorset", "Dorset Probation Trust", 44, (
        ("Bournemouth office", "4 Invented Street, Bournemouth", "BH1 0AA", 50.7200, -1.8800, 44),)),
    ("Thames Valley", "Thames Valley Probation Trust", 44, (
        ("Reading office", "5 Invented Street, Reading", "RG1 0AA", 51.4540, -0.9730, 44),)),
)


def names(chance):
    """Endless different names: every pair once, in a shuffled order."""
    pairs = [(first, last) for first in FIRST for last in LAST]
    chance.shuffle(pairs)
    return iter(pairs)


def members():
    chance = random.Random(2013)
    people = names(chance)
    number = 1000
    for branch, employer, size, workplaces in BRANCHES:
        places = [place[0] for place in workplaces for _ in range(place[5])]
        for place in places[:size]:
            number += 1
            first, last = next(people)
            category = chance.choices([name for name, _ in CATEGORIES], [weight for _, weight in CATEGORIES])[0]
            joined = f"{chance.randint(1985, 2012)}-{chance.randint(1, 12):02}-{chance.randint(1, 28):02}"
            yield (f"M{number}", f"{first} {last}", f"{first}.{last}@members.example".lower(), f"07700 900{number % 1000:03}", branch, employer, place,
                   category, joined)


def write(file, header, rows):
    with open(file, "w", newline="", encoding="utf-8") as out:
        csv.writer(out, lineterminator="\n").writerows([header, *rows])


def main(folder):
    folder = pathlib.Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    write(folder / "branches.csv", ["name"], [[branch[0]] for branch in BRANCHES])
    write(folder / "employers.csv", ["name", "email"],
          [[employer, f"chief.officer@{employer.split()[0].lower()}-trust.example"] for _, employer, _, _ in BRANCHES])
    write(folder / "workplaces.csv", ["name", "employer", "address", "postcode", "latitude", "longitude"],
          [[place[0], employer, *place[1:5]] for _, employer, _, places in BRANCHES for place in places])
    write(folder / "members.csv", ["number", "name", "email", "phone", "branch", "employer", "workplace", "category", "joined"], members())


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    main(sys.argv[1])
