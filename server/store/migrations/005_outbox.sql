CREATE TABLE outbox (
    id        TEXT PRIMARY KEY, -- random: it names the file and the Message-ID, and says nothing about the recipient
    recipient TEXT NOT NULL CHECK (recipient <> ''),
    subject   TEXT NOT NULL,
    body      TEXT, -- NULL once it has left
    queued    INTEGER NOT NULL,
    due       INTEGER NOT NULL, -- next attempt
    expires   INTEGER, -- not worth sending from then on
    attempts  INTEGER NOT NULL DEFAULT 0,
    sent      INTEGER,
    CHECK (body IS NOT NULL OR sent IS NOT NULL)
) STRICT;
CREATE INDEX outbox_waiting ON outbox (due) WHERE sent IS NULL;
CREATE INDEX outbox_sent ON outbox (sent) WHERE sent IS NOT NULL;
