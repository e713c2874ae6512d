CREATE TABLE audit (
    seq         INTEGER PRIMARY KEY CHECK (seq > 0),
    as_at       INTEGER NOT NULL,
    recorded_at INTEGER NOT NULL,
    actor       TEXT NOT NULL,
    role        TEXT NOT NULL,
    action      TEXT NOT NULL,
    subject     TEXT NOT NULL,
    details     TEXT NOT NULL CHECK (details GLOB '{*}'),
    prev        BLOB NOT NULL CHECK (length(prev) = 32),
    hash        BLOB NOT NULL UNIQUE CHECK (length(hash) = 32)
) STRICT;

CREATE TRIGGER audit_keeps_every_entry BEFORE DELETE ON audit BEGIN SELECT raise(ABORT, 'the audit log only grows'); END;
CREATE TRIGGER audit_changes_no_entry BEFORE UPDATE ON audit BEGIN SELECT raise(ABORT, 'the audit log only grows'); END;
