-- Wall times are ISO 8601 texts without a zone ("2013-11-05T12:00"), as called and shown; instants are derived from them and the zone.
CREATE TABLE walkout (
    id         TEXT PRIMARY KEY,
    ballot     TEXT NOT NULL REFERENCES ballot (id),
    title      TEXT NOT NULL,
    action     TEXT NOT NULL CHECK (action IN ('strike', 'action_short')),
    starts     TEXT NOT NULL,
    ends       TEXT NOT NULL CHECK (ends > starts),
    zone       TEXT NOT NULL,
    semantics  TEXT NOT NULL CHECK (semantics IN ('clock', 'commencing', 'hybrid')),
    called_by  TEXT NOT NULL, -- the office, as the voting paper names it
    office     TEXT NOT NULL, -- the role that holds it here
    state      TEXT NOT NULL CHECK (state IN ('called', 'suspended', 'ended')),
    reason     TEXT NOT NULL, -- of the last change of state; empty where there was none
    changed_at INTEGER NOT NULL, -- ballot clock: called, or of the last change of state
    sequence   INTEGER NOT NULL CHECK (sequence >= 0)
) STRICT;
CREATE INDEX walkout_by_ballot ON walkout (ballot);

CREATE TABLE walkout_called (
    walkout      TEXT NOT NULL REFERENCES walkout (id),
    constituency TEXT NOT NULL REFERENCES constituency (id),
    employer     TEXT NOT NULL REFERENCES employer (name),
    PRIMARY KEY (walkout, constituency, employer)
) STRICT;

-- A window once called never moves, and an ended walkout stays ended: people have planned their lives round it.
CREATE TRIGGER walkout_window_stands BEFORE UPDATE OF id, ballot, action, starts, ends, zone, semantics ON walkout
BEGIN SELECT raise(ABORT, 'the window of a walkout never moves'); END;
CREATE TRIGGER walkout_end_stands BEFORE UPDATE ON walkout WHEN old.state = 'ended'
BEGIN SELECT raise(ABORT, 'the walkout has ended'); END;

-- The right-hand side of every calendar UID: made once, so that an event is the same event for ever and no other union's.
CREATE TABLE calendar (
    one    INTEGER PRIMARY KEY CHECK (one = 1),
    domain TEXT NOT NULL
) STRICT;
INSERT INTO calendar VALUES (1, lower(hex(randomblob(12))));
