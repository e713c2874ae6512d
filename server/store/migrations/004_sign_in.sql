-- One request to sign in. The request itself never looks up who the number belongs to: the outbox job does, after the reply.
CREATE TABLE sign_in_challenge (
    id        TEXT PRIMARY KEY,
    number    TEXT NOT NULL, -- as typed, perhaps nobody's
    created   INTEGER NOT NULL,
    tries     INTEGER NOT NULL DEFAULT 0,
    code_hash BLOB CHECK (length(code_hash) = 32), -- NULL until the code is made
    used      INTEGER NOT NULL DEFAULT 0 CHECK (used IN (0, 1))
) STRICT;
CREATE INDEX sign_in_challenge_by_number ON sign_in_challenge (number, created);
CREATE INDEX sign_in_challenge_without_code ON sign_in_challenge (created) WHERE code_hash IS NULL;

CREATE TABLE session (
    token_hash BLOB PRIMARY KEY CHECK (length(token_hash) = 32),
    number     TEXT NOT NULL,
    official   INTEGER NOT NULL CHECK (official IN (0, 1)), -- signed in with the second factor
    created    INTEGER NOT NULL,
    last_used  INTEGER NOT NULL
) STRICT;
CREATE INDEX session_by_number ON session (number);
