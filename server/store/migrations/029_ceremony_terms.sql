-- Whose signatures the trustees of a ceremony will accept, fixed when its first trustee joins; and why an attempt was given up.
CREATE TABLE ceremony_approver (
    ballot      TEXT NOT NULL REFERENCES ballot (id),
    attempt     INTEGER NOT NULL,
    number      TEXT NOT NULL REFERENCES official (number),
    role        TEXT NOT NULL,
    signing_key BLOB NOT NULL CHECK (length(signing_key) = 32),
    PRIMARY KEY (ballot, attempt, number)
) STRICT;
CREATE TABLE ceremony_restart (
    ballot    TEXT NOT NULL REFERENCES ballot (id),
    attempt   INTEGER NOT NULL, -- the one that ended
    by        TEXT NOT NULL,
    against   TEXT,             -- whose share was found wrong
    reason    TEXT NOT NULL,
    complaint TEXT,             -- signed with the complainant's certificate key
    at        INTEGER NOT NULL,
    PRIMARY KEY (ballot, attempt)
) STRICT;
