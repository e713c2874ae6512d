-- The postal channel (protocol.md 5.4). Where a member's paper goes is contact data and stays with the register, but for an address asked for in
-- writing for one ballot (TULRCA s.230(2)).
ALTER TABLE member ADD COLUMN address TEXT;

CREATE TABLE postal_request (
    ballot   TEXT NOT NULL REFERENCES ballot (id),
    number   TEXT NOT NULL REFERENCES member (number),
    asked_at INTEGER NOT NULL,
    address  TEXT, -- NULL: the one on the register
    PRIMARY KEY (ballot, number)
) STRICT;

-- Numbers of voting papers. With the roll it joins members to papers: deleted when the roll's credentials are, six months after the ballot.
CREATE TABLE postal_serial (
    ballot       TEXT NOT NULL REFERENCES ballot (id),
    serial       INTEGER NOT NULL CHECK (serial > 0),
    constituency TEXT NOT NULL,
    credential   TEXT NOT NULL,
    sent_at      INTEGER, -- the paper has left
    PRIMARY KEY (ballot, serial),
    UNIQUE (constituency, credential),
    FOREIGN KEY (constituency, credential) REFERENCES board_credential (constituency, credential)
) STRICT;
CREATE TRIGGER postal_serial_stands BEFORE UPDATE OF ballot, serial, constituency, credential ON postal_serial
BEGIN SELECT raise(ABORT, 'the number of a voting paper stands'); END;

-- Every paper that came back, in the order of recording. That one was returned, never how: what it said is on nobody's disk but, sealed, on the board.
CREATE TABLE postal_return (
    ballot      TEXT NOT NULL,
    position    INTEGER NOT NULL,
    serial      INTEGER NOT NULL,
    fate        TEXT NOT NULL CHECK (fate IN ('counts', 'duplicate_online', 'duplicate_paper', 'revoked', 'unissued', 'late', 'mistaken')),
    received_at INTEGER NOT NULL,
    recorded_at INTEGER NOT NULL,
    recorded_by TEXT NOT NULL,
    batch       TEXT NOT NULL, -- the client's own name for what it sent at once: sent again, it is recorded once
    reason      TEXT, -- why it was taken back
    transcribed INTEGER NOT NULL DEFAULT 0 CHECK (transcribed IN (0, 1)), -- its encrypted ballot is accepted
    published   INTEGER NOT NULL DEFAULT 0 CHECK (published IN (0, 1)),   -- the turnout has told of it
    PRIMARY KEY (ballot, position),
    FOREIGN KEY (ballot, serial) REFERENCES postal_serial (ballot, serial),
    CHECK (transcribed = 0 OR fate = 'counts'),
    CHECK ((fate = 'mistaken') = (reason IS NOT NULL))
) STRICT;
CREATE UNIQUE INDEX postal_return_counts_once ON postal_return (ballot, serial) WHERE fate = 'counts';
CREATE INDEX postal_return_of_paper ON postal_return (ballot, serial);
CREATE INDEX postal_return_of_batch ON postal_return (ballot, batch);
CREATE TRIGGER postal_return_stands BEFORE UPDATE OF fate ON postal_return WHEN old.fate = 'mistaken' OR new.fate <> 'mistaken' OR old.transcribed
BEGIN SELECT raise(ABORT, 'a recorded return stands, unless it was a mistake'); END;
CREATE TRIGGER postal_return_stays BEFORE DELETE ON postal_return WHEN EXISTS (SELECT 1 FROM ballot WHERE id = old.ballot AND phase <> 'declared')
BEGIN SELECT raise(ABORT, 'returns are kept until the result is declared'); END;

-- How many papers which two people keyed.
CREATE TABLE postal_keyed (
    ballot TEXT NOT NULL REFERENCES ballot (id),
    first  TEXT NOT NULL,
    second TEXT NOT NULL,
    papers INTEGER NOT NULL,
    PRIMARY KEY (ballot, first, second)
) STRICT;

-- The scrutineer's statement that every paper received in time is recorded and transcribed: only then is the board sealed.
CREATE TABLE postal_finished (
    ballot TEXT PRIMARY KEY REFERENCES ballot (id),
    at     INTEGER NOT NULL,
    by     TEXT NOT NULL
) STRICT;

-- A return stands, unless it was a paper recorded by mistake and nothing was cast under its credential.
DROP TRIGGER roll_return_stands;
CREATE TRIGGER roll_return_stands BEFORE UPDATE OF returned ON roll_entry
WHEN old.returned = 1 AND new.returned = 0
    AND (EXISTS (SELECT 1 FROM accepted_ballot b WHERE b.constituency = old.constituency AND b.credential = old.credential)
         OR NOT EXISTS (SELECT 1 FROM postal_serial s JOIN postal_return r ON r.ballot = s.ballot AND r.serial = s.serial AND r.fate = 'mistaken'
                        WHERE s.constituency = old.constituency AND s.credential = old.credential)
         OR EXISTS (SELECT 1 FROM postal_serial s JOIN postal_return r ON r.ballot = s.ballot AND r.serial = s.serial AND r.fate = 'counts'
                    WHERE s.constituency = old.constituency AND s.credential = old.credential))
BEGIN SELECT raise(ABORT, 'a paper once returned is returned'); END;
