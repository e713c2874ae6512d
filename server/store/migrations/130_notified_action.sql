-- What a notice of action says that the action will be (TULRCA s.234A(3)(b)): its kind, whether it is continuous, and each of its dates, or the one
-- on which continuous action begins. Before, it was a first and a last day of industrial action of either kind.
DROP INDEX notice_receipt_by_ballot;
DROP TRIGGER notice_receipt_stands;
ALTER TABLE notice_receipt RENAME TO notice_receipt_until_130;
CREATE TABLE notice_receipt (
    id              INTEGER PRIMARY KEY,
    ballot          TEXT NOT NULL REFERENCES ballot (id),
    kind            TEXT NOT NULL CHECK (kind IN ('ballot', 'sample', 'result', 'action')),
    employer        TEXT NOT NULL REFERENCES employer (name),
    received_on     INTEGER NOT NULL, -- local date
    how             TEXT NOT NULL,
    evidence        TEXT NOT NULL,
    roll_revision   INTEGER,          -- of the figures the notice gave
    action_kind     TEXT CHECK (action_kind IN ('strike', 'action_short')), -- none: of either, as notices once were recorded
    action_course   TEXT CHECK (action_course IN ('continuous', 'discontinuous')),
    shorter_agreed  INTEGER NOT NULL DEFAULT 0 CHECK (shorter_agreed IN (0, 1)),
    recorded_at     INTEGER NOT NULL,
    recorded_by     TEXT NOT NULL,
    CHECK ((kind = 'action') = (action_course IS NOT NULL)),
    CHECK (action_kind IS NULL OR kind = 'action')
) STRICT;
INSERT INTO notice_receipt
    SELECT id, ballot, kind, employer, received_on, how, evidence, roll_revision, NULL, iif(kind = 'action', 'discontinuous', NULL), shorter_agreed,
           recorded_at, recorded_by
    FROM notice_receipt_until_130;
CREATE INDEX notice_receipt_by_ballot ON notice_receipt (ballot, kind, employer);
CREATE TRIGGER notice_receipt_stands BEFORE UPDATE ON notice_receipt BEGIN SELECT raise(ABORT, 'a recorded receipt stands'); END;

CREATE TABLE notice_receipt_day (
    receipt INTEGER NOT NULL REFERENCES notice_receipt (id),
    day     INTEGER NOT NULL, -- local date
    PRIMARY KEY (receipt, day)
) STRICT, WITHOUT ROWID;
INSERT INTO notice_receipt_day
    WITH RECURSIVE each (receipt, day, last) AS (
        SELECT id, action_first, action_last FROM notice_receipt_until_130 WHERE kind = 'action'
        UNION ALL
        SELECT receipt, day + 1, last FROM each WHERE day < last
    )
    SELECT receipt, day FROM each;
CREATE TRIGGER notice_receipt_day_stands BEFORE UPDATE ON notice_receipt_day BEGIN SELECT raise(ABORT, 'a recorded receipt stands'); END;
CREATE TRIGGER notice_receipt_day_stays BEFORE DELETE ON notice_receipt_day BEGIN SELECT raise(ABORT, 'a recorded receipt stands'); END;
DROP TABLE notice_receipt_until_130;

DROP INDEX notice_served_by_ballot;
DROP TRIGGER notice_served_stands;
ALTER TABLE notice_served RENAME TO notice_served_until_130;
CREATE TABLE notice_served (
    id              TEXT PRIMARY KEY,
    ballot          TEXT NOT NULL REFERENCES ballot (id),
    kind            TEXT NOT NULL CHECK (kind IN ('ballot', 'sample', 'result', 'action')),
    employer        TEXT NOT NULL REFERENCES employer (name),
    how             TEXT NOT NULL,
    content         TEXT NOT NULL, -- JSON of shared/wire/notice_messages.hpp
    hash            BLOB NOT NULL CHECK (length(hash) = 32), -- SHA-256 of content
    roll_revision   INTEGER NOT NULL,
    action_kind     TEXT CHECK (action_kind IN ('strike', 'action_short')), -- as in notice_receipt
    action_course   TEXT CHECK (action_course IN ('continuous', 'discontinuous')),
    code_hash       BLOB CHECK (length(code_hash) = 32), -- absent where it went another way than by mail
    sent_at         INTEGER NOT NULL,
    sent_by         TEXT NOT NULL,
    acknowledged_at INTEGER,
    acknowledged_by TEXT,
    CHECK ((kind = 'action') = (action_course IS NOT NULL)),
    CHECK (action_kind IS NULL OR kind = 'action'),
    CHECK ((acknowledged_at IS NULL) = (acknowledged_by IS NULL))
) STRICT;
-- A notice that said "continuous from" is continuous; its last day was not in it.
INSERT INTO notice_served
    SELECT id, ballot, kind, employer, how, content, hash, roll_revision, NULL,
           iif(kind = 'action', iif(json_extract(content, '$.continuous_from') IS NULL, 'discontinuous', 'continuous'), NULL), code_hash, sent_at, sent_by,
           acknowledged_at, acknowledged_by
    FROM notice_served_until_130 ORDER BY rowid;
CREATE INDEX notice_served_by_ballot ON notice_served (ballot);
CREATE TRIGGER notice_served_stands BEFORE UPDATE ON notice_served
WHEN old.acknowledged_at IS NOT NULL OR new.id <> old.id OR new.content <> old.content OR new.hash <> old.hash OR new.sent_at <> old.sent_at
BEGIN SELECT raise(ABORT, 'what was sent stands'); END;

CREATE TABLE notice_served_day (
    notice TEXT NOT NULL REFERENCES notice_served (id),
    day    INTEGER NOT NULL, -- local date
    PRIMARY KEY (notice, day)
) STRICT, WITHOUT ROWID;
INSERT INTO notice_served_day
    WITH RECURSIVE each (notice, day, last) AS (
        SELECT id, action_first, iif(json_extract(content, '$.continuous_from') IS NULL, action_last, action_first)
        FROM notice_served_until_130 WHERE kind = 'action'
        UNION ALL
        SELECT notice, day + 1, last FROM each WHERE day < last
    )
    SELECT notice, day FROM each;
CREATE TRIGGER notice_served_day_stands BEFORE UPDATE ON notice_served_day BEGIN SELECT raise(ABORT, 'what was sent stands'); END;
CREATE TRIGGER notice_served_day_stays BEFORE DELETE ON notice_served_day BEGIN SELECT raise(ABORT, 'what was sent stands'); END;
DROP TABLE notice_served_until_130;
