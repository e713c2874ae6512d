-- What a retryable POST was answered, kept 24 hours. Casting a vote is never here: its tracker is its key.
CREATE TABLE idempotency (
    caller       TEXT NOT NULL CHECK (caller <> ''),
    key          TEXT NOT NULL CHECK (length(key) BETWEEN 1 AND 255),
    request_hash BLOB NOT NULL CHECK (length(request_hash) = 32), -- method, path and body
    recorded_at  INTEGER NOT NULL,                                -- machine clock
    status       INTEGER NOT NULL,
    content_type TEXT NOT NULL,
    headers      TEXT NOT NULL, -- "Name: value" lines
    body         BLOB NOT NULL,
    PRIMARY KEY (caller, key)
) STRICT, WITHOUT ROWID;
CREATE INDEX idempotency_by_age ON idempotency (recorded_at);
