-- Extensions of voting: addenda to the bound paper. At most one waits for its signatures; what took effect stands, as it was signed.
CREATE TABLE extension (
    ballot        TEXT NOT NULL REFERENCES ballot (id),
    number        INTEGER NOT NULL CHECK (number > 0),
    state         TEXT NOT NULL DEFAULT 'proposed' CHECK (state IN ('proposed', 'superseded', 'done')),
    closed_before INTEGER NOT NULL,
    closes        INTEGER NOT NULL CHECK (closes > closed_before),
    reason        TEXT NOT NULL CHECK (reason <> ''),
    words         TEXT NOT NULL, -- for a person, a line a fact
    canonical     TEXT NOT NULL, -- what is signed
    proposed_at   INTEGER NOT NULL,
    proposed_by   TEXT NOT NULL,
    made_at       INTEGER,
    PRIMARY KEY (ballot, number),
    CHECK ((state = 'done') = (made_at IS NOT NULL))
) STRICT;
CREATE UNIQUE INDEX extension_waiting ON extension (ballot) WHERE state = 'proposed';
CREATE TRIGGER extension_is_decided_once BEFORE UPDATE ON extension WHEN old.state <> 'proposed'
BEGIN SELECT raise(ABORT, 'a decided extension stands'); END;
CREATE TRIGGER extension_stays BEFORE DELETE ON extension BEGIN SELECT raise(ABORT, 'an extension stays'); END;
