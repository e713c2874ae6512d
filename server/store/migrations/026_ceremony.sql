-- The trustees' messages, opaque to the server but for their public parts (protocol.md 5.7).
CREATE TABLE ceremony_message (
    ballot  TEXT NOT NULL REFERENCES ballot (id),
    attempt INTEGER NOT NULL,
    step    TEXT NOT NULL CHECK (step IN ('join', 'confirm', 'shares', 'keys', 'complaint')),
    seat    INTEGER NOT NULL CHECK (seat > 0), -- counts from 1, in the plan's order
    message TEXT NOT NULL,
    PRIMARY KEY (ballot, attempt, step, seat)
) STRICT;
CREATE TABLE ceremony (
    ballot   TEXT PRIMARY KEY REFERENCES ballot (id),
    attempt  INTEGER NOT NULL CHECK (attempt > 0),
    trustees TEXT -- the finished record
) STRICT;

-- What the scrutineer has said of the voting codes, which never reach this server.
CREATE TABLE code_statement (
    ballot    TEXT PRIMARY KEY REFERENCES ballot (id),
    made_by   TEXT NOT NULL,
    signature BLOB NOT NULL CHECK (length(signature) = 64), -- over the Setup of every constituency
    sent      INTEGER NOT NULL DEFAULT 0 CHECK (sent BETWEEN 0 AND total),
    total     INTEGER NOT NULL
) STRICT;

CREATE TABLE partial_decryption (
    constituency TEXT NOT NULL REFERENCES constituency (id),
    seat         INTEGER NOT NULL,
    record       TEXT NOT NULL, -- as on the board
    PRIMARY KEY (constituency, seat)
) STRICT;
