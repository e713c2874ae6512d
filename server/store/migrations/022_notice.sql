-- That an employer received a notice, by the day; with the evidence of whoever records it.
CREATE TABLE notice_receipt (
    id              INTEGER PRIMARY KEY,
    ballot          TEXT NOT NULL REFERENCES ballot (id),
    kind            TEXT NOT NULL CHECK (kind IN ('ballot', 'sample', 'result', 'action')),
    employer        TEXT NOT NULL REFERENCES employer (name),
    received_on     INTEGER NOT NULL, -- local date
    how             TEXT NOT NULL,
    evidence        TEXT NOT NULL,
    roll_revision   INTEGER,          -- of the figures the notice gave
    action_first    INTEGER,          -- the days an action notice names
    action_last     INTEGER CHECK (action_last >= action_first),
    shorter_agreed  INTEGER NOT NULL DEFAULT 0 CHECK (shorter_agreed IN (0, 1)),
    recorded_at     INTEGER NOT NULL,
    recorded_by     TEXT NOT NULL,
    CHECK ((kind = 'action') = (action_first IS NOT NULL)),
    CHECK ((action_first IS NULL) = (action_last IS NULL))
) STRICT;
CREATE INDEX notice_receipt_by_ballot ON notice_receipt (ballot, kind, employer);
CREATE TRIGGER notice_receipt_stands BEFORE UPDATE ON notice_receipt BEGIN SELECT raise(ABORT, 'a recorded receipt stands'); END;

CREATE TABLE approval (
    ballot      TEXT NOT NULL REFERENCES ballot (id),
    step        TEXT NOT NULL,
    number      TEXT NOT NULL REFERENCES official (number),
    role        TEXT NOT NULL,
    object      BLOB NOT NULL CHECK (length(object) = 32),
    expires     INTEGER NOT NULL,
    signature   BLOB NOT NULL CHECK (length(signature) = 64),
    recorded_at INTEGER NOT NULL,
    PRIMARY KEY (ballot, step, object, number, expires)
) STRICT;
CREATE TRIGGER approval_stands BEFORE UPDATE ON approval BEGIN SELECT raise(ABORT, 'a signature stands'); END;
