CREATE TABLE roll_revision (
    ballot   TEXT NOT NULL REFERENCES ballot (id),
    revision INTEGER NOT NULL CHECK (revision > 0),
    hash     BLOB NOT NULL CHECK (length(hash) = 32),
    reason   TEXT NOT NULL,
    made_at  INTEGER NOT NULL,
    made_by  TEXT NOT NULL,
    PRIMARY KEY (ballot, revision)
) STRICT;

-- A line belongs to the revisions since <= r < until (until NULL: still in force).
CREATE TABLE roll_entry (
    ballot       TEXT NOT NULL,
    number       TEXT NOT NULL REFERENCES member (number),
    since        INTEGER NOT NULL,
    until        INTEGER CHECK (until > since),
    constituency TEXT NOT NULL REFERENCES constituency (id),
    branch       TEXT NOT NULL,
    employer     TEXT NOT NULL,
    workplace    TEXT NOT NULL,
    category     TEXT NOT NULL,
    overseas     INTEGER NOT NULL CHECK (overseas IN (0, 1)),
    credential   TEXT,                       -- public credential; deleted six months after the ballot
    returned     INTEGER NOT NULL DEFAULT 0 CHECK (returned IN (0, 1)), -- that, never how
    PRIMARY KEY (ballot, number, since),
    FOREIGN KEY (ballot, since) REFERENCES roll_revision (ballot, revision)
) STRICT;
CREATE UNIQUE INDEX roll_entry_in_force ON roll_entry (ballot, number) WHERE until IS NULL;
CREATE UNIQUE INDEX roll_entry_credential ON roll_entry (constituency, credential) WHERE credential IS NOT NULL AND until IS NULL;
CREATE INDEX roll_entry_by_constituency ON roll_entry (constituency);
CREATE TRIGGER roll_return_stands BEFORE UPDATE OF returned ON roll_entry WHEN old.returned = 1 AND new.returned = 0
BEGIN SELECT raise(ABORT, 'a paper once returned is returned'); END;

CREATE TABLE roll_exclusion (
    ballot TEXT NOT NULL REFERENCES ballot (id),
    number TEXT NOT NULL,
    reason TEXT NOT NULL,
    PRIMARY KEY (ballot, number)
) STRICT;
