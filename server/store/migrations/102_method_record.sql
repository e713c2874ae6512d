-- The choice-of-method record (ERelA04 s.54(10)(b)): the newest before the opening is the one in force.
CREATE TABLE method_record (
    ballot      TEXT NOT NULL REFERENCES ballot (id),
    number      INTEGER NOT NULL CHECK (number > 0),
    answers     TEXT NOT NULL, -- JSON of shared/wire/conduct_messages.hpp
    canonical   TEXT NOT NULL, -- what is signed
    made_at     INTEGER NOT NULL,
    made_by     TEXT NOT NULL,
    role        TEXT NOT NULL,
    signing_key BLOB NOT NULL CHECK (length(signing_key) = 32),
    signature   BLOB NOT NULL CHECK (length(signature) = 64),
    PRIMARY KEY (ballot, number)
) STRICT;
CREATE TRIGGER method_record_stands BEFORE UPDATE ON method_record BEGIN SELECT raise(ABORT, 'a signed record stands'); END;
CREATE TRIGGER method_record_stays BEFORE DELETE ON method_record BEGIN SELECT raise(ABORT, 'a signed record stays'); END;
