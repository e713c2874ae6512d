#!/usr/bin/python3
"""The postman of a rehearsal:   deliver.py WORLD REGISTER.csv LETTERS   puts each member's voting code, and the address that sign-in codes
go to, into that member's home. In life the scrutineer's mails and letters do this."""

import csv
import sys

from person import Person, codes_in


def main(world, register, letters):
    codes = codes_in(letters)
    with open(register, newline="", encoding="utf-8") as file:
        for row in csv.DictReader(file):
            member = Person(world, row["number"])
            member.file("address", row["email"] + "\n")
            member.file("code", codes[row["email"]] + "\n")


if __name__ == "__main__":
    if len(sys.argv) != 4:
        sys.exit(__doc__)
    main(*sys.argv[1:])
