-- Nothing on disk may keep the order or the time of casting (design.md section 5). Even WITHOUT ROWID and under a hash, rows inserted one by one lie on
-- their pages as they came. So an accepted ballot waits in tables of its own, which are emptied (and overwritten: secure_delete) when its batch is
-- published; the lasting tables are only ever written by a whole batch, sorted.
CREATE TABLE waiting_ballot (
    constituency TEXT NOT NULL,
    tracker      TEXT NOT NULL,
    credential   TEXT NOT NULL,
    on_board_by  INTEGER NOT NULL,
    body         BLOB NOT NULL,
    PRIMARY KEY (constituency, tracker),
    UNIQUE (constituency, credential),
    FOREIGN KEY (constituency, credential) REFERENCES board_credential (constituency, credential)
) STRICT, WITHOUT ROWID;

CREATE TABLE waiting_ciphertext (
    constituency TEXT NOT NULL,
    digest       BLOB NOT NULL CHECK (length(digest) = 32),
    tracker      TEXT NOT NULL,
    PRIMARY KEY (constituency, digest),
    FOREIGN KEY (constituency, tracker) REFERENCES waiting_ballot (constituency, tracker) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;
CREATE INDEX waiting_ciphertext_of_ballot ON waiting_ciphertext (constituency, tracker);

CREATE TABLE published_ballot (
    constituency TEXT NOT NULL,
    tracker      TEXT NOT NULL,
    credential   TEXT NOT NULL,
    on_board_by  INTEGER NOT NULL,
    PRIMARY KEY (constituency, tracker),
    UNIQUE (constituency, credential),
    FOREIGN KEY (constituency, credential) REFERENCES board_credential (constituency, credential)
) STRICT, WITHOUT ROWID;

CREATE TABLE published_ciphertext (
    constituency TEXT NOT NULL,
    digest       BLOB NOT NULL CHECK (length(digest) = 32),
    PRIMARY KEY (constituency, digest)
) STRICT, WITHOUT ROWID;

-- Of ballots waiting before this migration the digests cannot be told apart: all count as published, so that none can be used again.
INSERT INTO waiting_ballot (constituency, tracker, credential, on_board_by, body)
    SELECT constituency, tracker, credential, on_board_by, body FROM accepted_ballot WHERE body IS NOT NULL ORDER BY constituency, tracker;
INSERT INTO published_ballot (constituency, tracker, credential, on_board_by)
    SELECT constituency, tracker, credential, on_board_by FROM accepted_ballot WHERE body IS NULL ORDER BY constituency, tracker;
INSERT INTO published_ciphertext (constituency, digest) SELECT constituency, digest FROM accepted_ciphertext ORDER BY constituency, digest;
DROP TABLE accepted_ballot;
DROP TABLE accepted_ciphertext;

-- One ballot per credential and no ciphertext twice, over both tables.
CREATE TRIGGER waiting_ballot_is_the_only_one BEFORE INSERT ON waiting_ballot
WHEN EXISTS (SELECT 1 FROM published_ballot WHERE constituency = new.constituency AND (credential = new.credential OR tracker = new.tracker))
BEGIN SELECT raise(ABORT, 'a ballot under this credential is on the board'); END;
CREATE TRIGGER waiting_ciphertext_is_the_only_one BEFORE INSERT ON waiting_ciphertext
WHEN EXISTS (SELECT 1 FROM published_ciphertext WHERE constituency = new.constituency AND digest = new.digest)
BEGIN SELECT raise(ABORT, 'this ciphertext is on the board'); END;
CREATE TRIGGER waiting_ballot_stands BEFORE UPDATE ON waiting_ballot BEGIN SELECT raise(ABORT, 'an accepted ballot stands'); END;
CREATE TRIGGER published_ballot_stands BEFORE UPDATE ON published_ballot BEGIN SELECT raise(ABORT, 'an accepted ballot stands'); END;
CREATE TRIGGER published_ballot_stays BEFORE DELETE ON published_ballot BEGIN SELECT raise(ABORT, 'an accepted ballot stands'); END;
-- It leaves the waiting table only for the board.
CREATE TRIGGER waiting_ballot_stays BEFORE DELETE ON waiting_ballot
WHEN NOT EXISTS (SELECT 1 FROM published_ballot WHERE constituency = old.constituency AND tracker = old.tracker AND credential = old.credential)
BEGIN SELECT raise(ABORT, 'an accepted ballot goes on the board'); END;

-- All accepted ballots; body is NULL once one is on the board.
CREATE VIEW accepted_ballot (constituency, tracker, credential, on_board_by, body) AS
    SELECT constituency, tracker, credential, on_board_by, body FROM waiting_ballot
    UNION ALL SELECT constituency, tracker, credential, on_board_by, NULL FROM published_ballot;
CREATE VIEW accepted_ciphertext (constituency, digest) AS
    SELECT constituency, digest FROM waiting_ciphertext UNION ALL SELECT constituency, digest FROM published_ciphertext;

-- Of an event's records, to go on where a copy ends.
CREATE INDEX board_record_by_height ON board_record (constituency, height);
