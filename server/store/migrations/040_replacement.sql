-- The register of which credentials are live (protocol.md 5.1): a chain a constituency, to whose head every signed head of its board commits.
CREATE TABLE credential_register (
    constituency TEXT PRIMARY KEY REFERENCES constituency (id),
    genesis      TEXT NOT NULL CHECK (length(genesis) = 64), -- hash of the list of spares
    blind        TEXT NOT NULL CHECK (length(blind) = 64)    -- published with the register, when the ballot has closed
) STRICT;
CREATE TRIGGER credential_register_stands BEFORE UPDATE ON credential_register BEGIN SELECT raise(ABORT, 'a register stands'); END;

CREATE TABLE register_record (
    constituency   TEXT NOT NULL REFERENCES credential_register (constituency),
    seq            INTEGER NOT NULL CHECK (seq > 0),
    reason         TEXT NOT NULL,
    credential_out TEXT,
    credential_in  TEXT,
    hash           TEXT NOT NULL CHECK (length(hash) = 64),
    PRIMARY KEY (constituency, seq),
    UNIQUE (constituency, credential_out), -- a credential goes once and comes once
    UNIQUE (constituency, credential_in),
    FOREIGN KEY (constituency, credential_out) REFERENCES board_credential (constituency, credential),
    FOREIGN KEY (constituency, credential_in) REFERENCES board_credential (constituency, credential),
    CHECK (credential_out IS NOT NULL OR credential_in IS NOT NULL)
) STRICT;
CREATE TRIGGER register_record_stands BEFORE UPDATE ON register_record BEGIN SELECT raise(ABORT, 'a register only grows'); END;
CREATE TRIGGER register_record_stays BEFORE DELETE ON register_record BEGIN SELECT raise(ABORT, 'a register only grows'); END;
CREATE TRIGGER revoked_credential_is_unused BEFORE INSERT ON register_record
WHEN EXISTS (SELECT 1 FROM accepted_ballot b WHERE b.constituency = new.constituency AND b.credential = new.credential_out)
BEGIN SELECT raise(ABORT, 'a used credential is not revoked'); END;

-- Batches of changes: at most one waits for its signatures.
CREATE TABLE replacement_batch (
    ballot      TEXT NOT NULL REFERENCES ballot (id),
    batch       INTEGER NOT NULL CHECK (batch > 0),
    state       TEXT NOT NULL DEFAULT 'proposed' CHECK (state IN ('proposed', 'superseded', 'done')),
    salt        TEXT NOT NULL,
    proposed_at INTEGER NOT NULL,
    proposed_by TEXT NOT NULL,
    PRIMARY KEY (ballot, batch)
) STRICT;
CREATE UNIQUE INDEX replacement_batch_waiting ON replacement_batch (ballot) WHERE state = 'proposed';
CREATE TRIGGER replacement_batch_is_decided_once BEFORE UPDATE ON replacement_batch WHEN old.state <> 'proposed'
BEGIN SELECT raise(ABORT, 'a decided batch stands'); END;

-- Joins members to credentials, as the roll does: deleted when the roll's credentials are, six months after the ballot.
CREATE TABLE replacement (
    ballot         TEXT NOT NULL,
    batch          INTEGER NOT NULL,
    position       INTEGER NOT NULL,
    number         TEXT NOT NULL REFERENCES member (number),
    reason         TEXT NOT NULL,
    constituency   TEXT NOT NULL REFERENCES constituency (id),
    credential_out TEXT,
    credential_in  TEXT,
    sent_at        INTEGER, -- the new code has left
    PRIMARY KEY (ballot, batch, position),
    UNIQUE (ballot, batch, number),
    FOREIGN KEY (ballot, batch) REFERENCES replacement_batch (ballot, batch)
) STRICT;

-- A member says that somebody else used their code. The ballot stays.
CREATE TABLE code_incident (
    ballot      TEXT NOT NULL REFERENCES ballot (id),
    number      TEXT NOT NULL REFERENCES member (number),
    recorded_at INTEGER NOT NULL,
    recorded_by TEXT NOT NULL,
    PRIMARY KEY (ballot, number)
) STRICT;

CREATE TABLE vault_statement (
    ballot    TEXT PRIMARY KEY REFERENCES ballot (id),
    statement TEXT NOT NULL -- as the scrutineer signed it
) STRICT;
CREATE TRIGGER vault_statement_stands BEFORE UPDATE ON vault_statement BEGIN SELECT raise(ABORT, 'a signed statement stands'); END;
