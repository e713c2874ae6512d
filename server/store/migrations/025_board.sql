-- The boards: one hash-chained archive a constituency (protocol.md 2.7). Records never change; they are served as they stand.
CREATE TABLE board_record (
    constituency TEXT NOT NULL REFERENCES constituency (id),
    position     INTEGER NOT NULL,
    height       INTEGER NOT NULL, -- of the event it belongs to
    is_event     INTEGER NOT NULL CHECK (is_event IN (0, 1)),
    hash         TEXT NOT NULL,
    body         BLOB NOT NULL,
    PRIMARY KEY (constituency, position),
    UNIQUE (constituency, hash)
) STRICT;
CREATE TRIGGER board_record_stands BEFORE UPDATE ON board_record BEGIN SELECT raise(ABORT, 'a board only grows'); END;
CREATE TRIGGER board_record_stays BEFORE DELETE ON board_record BEGIN SELECT raise(ABORT, 'a board only grows'); END;

CREATE TABLE board (
    constituency TEXT PRIMARY KEY REFERENCES constituency (id),
    ballot       TEXT NOT NULL REFERENCES ballot (id),
    timestamp    INTEGER NOT NULL, -- the archive's one time: the planned opening instant
    election     BLOB NOT NULL,    -- the three records of the Setup event, waiting for the opening
    trustees     BLOB NOT NULL,
    credentials  BLOB NOT NULL
) STRICT;
CREATE INDEX board_by_ballot ON board (ballot);

CREATE TABLE board_head (
    constituency  TEXT NOT NULL,
    height        INTEGER NOT NULL,
    event         TEXT NOT NULL,
    register_hash TEXT NOT NULL,
    audit_hash    TEXT NOT NULL,
    batch         INTEGER NOT NULL,
    signature     BLOB NOT NULL CHECK (length(signature) = 64),
    PRIMARY KEY (constituency, height)
) STRICT;

-- Which credentials exist. Who holds a live one is on the roll; a spare is nobody's until it is activated.
CREATE TABLE board_credential (
    constituency TEXT NOT NULL,
    credential   TEXT NOT NULL,
    spare        INTEGER NOT NULL CHECK (spare IN (0, 1)),
    PRIMARY KEY (constituency, credential)
) STRICT, WITHOUT ROWID;

-- Accepted ballots. WITHOUT ROWID and sorted by tracker, so that the file keeps no order and no time of casting.
CREATE TABLE accepted_ballot (
    constituency TEXT NOT NULL,
    tracker      TEXT NOT NULL,
    credential   TEXT NOT NULL,
    on_board_by  INTEGER NOT NULL,
    body         BLOB, -- NULL once it is on the board
    PRIMARY KEY (constituency, tracker),
    UNIQUE (constituency, credential),
    FOREIGN KEY (constituency, credential) REFERENCES board_credential (constituency, credential)
) STRICT, WITHOUT ROWID;

CREATE TABLE accepted_ciphertext (
    constituency TEXT NOT NULL,
    digest       BLOB NOT NULL CHECK (length(digest) = 32),
    PRIMARY KEY (constituency, digest)
) STRICT, WITHOUT ROWID;
