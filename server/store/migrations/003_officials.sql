CREATE TABLE official (
    number         TEXT PRIMARY KEY CHECK (number <> ''), -- a member number, or a sign-in name for one who is no member
    name           TEXT NOT NULL CHECK (name <> ''),
    email          TEXT NOT NULL CHECK (email <> ''), -- of its own: importing a register must not redirect an official's sign-in code
    totp_secret    BLOB NOT NULL CHECK (length(totp_secret) = 20),
    totp_last_step INTEGER NOT NULL DEFAULT 0, -- a code works once
    signing_key    BLOB NOT NULL UNIQUE CHECK (length(signing_key) = 32), -- unique: two approvals must come from two people
    enrolled       INTEGER NOT NULL
) STRICT;

CREATE TABLE office (
    number TEXT NOT NULL REFERENCES official (number),
    role   TEXT NOT NULL,
    scope  TEXT NOT NULL,
    PRIMARY KEY (number, role, scope)
) STRICT;
