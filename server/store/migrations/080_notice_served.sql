-- A notice as it was sent to an employer, word for word; the employer may acknowledge it once, with the code that went with it.
CREATE TABLE notice_served (
    id              TEXT PRIMARY KEY,
    ballot          TEXT NOT NULL REFERENCES ballot (id),
    kind            TEXT NOT NULL CHECK (kind IN ('ballot', 'sample', 'result', 'action')),
    employer        TEXT NOT NULL REFERENCES employer (name),
    how             TEXT NOT NULL,
    content         TEXT NOT NULL, -- JSON of shared/wire/notice_messages.hpp
    hash            BLOB NOT NULL CHECK (length(hash) = 32), -- SHA-256 of content
    roll_revision   INTEGER NOT NULL,
    action_first    INTEGER,
    action_last     INTEGER CHECK (action_last >= action_first),
    code_hash       BLOB CHECK (length(code_hash) = 32), -- absent where it went another way than by mail
    sent_at         INTEGER NOT NULL,
    sent_by         TEXT NOT NULL,
    acknowledged_at INTEGER,
    acknowledged_by TEXT,
    CHECK ((kind = 'action') = (action_first IS NOT NULL)),
    CHECK ((acknowledged_at IS NULL) = (acknowledged_by IS NULL))
) STRICT;
CREATE INDEX notice_served_by_ballot ON notice_served (ballot);
CREATE TRIGGER notice_served_stands BEFORE UPDATE ON notice_served
WHEN old.acknowledged_at IS NOT NULL OR new.id <> old.id OR new.content <> old.content OR new.hash <> old.hash OR new.sent_at <> old.sent_at
BEGIN SELECT raise(ABORT, 'what was sent stands'); END;
