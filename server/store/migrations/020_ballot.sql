CREATE TABLE ballot (
    id             TEXT PRIMARY KEY,
    plan           TEXT NOT NULL CHECK (plan GLOB '{*}'), -- as its planner wrote it; dates of law follow from it
    phase          TEXT NOT NULL DEFAULT 'planned'
                   CHECK (phase IN ('planned', 'frozen', 'noticed', 'keyed', 'coded', 'open', 'closed', 'counted', 'declared', 'suspended', 'abandoned')),
    planned_at     INTEGER NOT NULL,
    planned_by     TEXT NOT NULL,
    closes         INTEGER NOT NULL, -- the closing instant in force
    paper          TEXT,             -- the voting-paper record, fixed when the notices are in
    first_sending  INTEGER,          -- sending is opening: the first code or paper that left
    vault_verified INTEGER NOT NULL DEFAULT 0 CHECK (vault_verified IN (0, 1)),
    opened_at      INTEGER,
    closed_at      INTEGER,
    reason         TEXT              -- why it was abandoned
) STRICT;

-- The moves of shared/ballot/phase.cpp, as the database's second opinion.
CREATE TABLE ballot_move (
    from_phase TEXT NOT NULL,
    to_phase   TEXT NOT NULL,
    PRIMARY KEY (from_phase, to_phase)
) STRICT, WITHOUT ROWID;
INSERT INTO ballot_move VALUES
    ('planned', 'frozen'), ('frozen', 'noticed'), ('noticed', 'keyed'), ('keyed', 'coded'), ('coded', 'open'), ('open', 'suspended'), ('suspended', 'open'),
    ('open', 'closed'), ('suspended', 'closed'), ('closed', 'counted'), ('counted', 'declared'),
    ('planned', 'abandoned'), ('frozen', 'abandoned'), ('noticed', 'abandoned'), ('keyed', 'abandoned'), ('coded', 'abandoned'), ('open', 'abandoned'),
    ('suspended', 'abandoned'), ('closed', 'abandoned');
CREATE TRIGGER ballot_goes_its_way BEFORE UPDATE OF phase ON ballot
WHEN NOT EXISTS (SELECT 1 FROM ballot_move WHERE from_phase = old.phase AND to_phase = new.phase)
BEGIN SELECT raise(ABORT, 'no ballot goes from that phase to this one'); END;
CREATE TRIGGER ballot_plan_stands BEFORE UPDATE OF id, plan, planned_at, planned_by ON ballot
BEGIN SELECT raise(ABORT, 'the plan of a ballot stands'); END;
CREATE TRIGGER ballot_paper_stands BEFORE UPDATE OF paper ON ballot WHEN old.paper IS NOT NULL
BEGIN SELECT raise(ABORT, 'the voting paper is bound'); END;

CREATE TABLE constituency (
    id           TEXT PRIMARY KEY, -- the election's uuid (protocol.md 5.8)
    ballot       TEXT NOT NULL REFERENCES ballot (id),
    name         TEXT NOT NULL CHECK (name <> ''),
    fingerprint  TEXT,    -- of the election record, once coded
    board_height INTEGER, -- of the sealed board, once closed
    board_head   TEXT,
    UNIQUE (ballot, name),
    CHECK ((board_height IS NULL) = (board_head IS NULL))
) STRICT;
CREATE TRIGGER constituency_election_stands BEFORE UPDATE OF fingerprint ON constituency WHEN old.fingerprint IS NOT NULL
BEGIN SELECT raise(ABORT, 'the election record of a constituency stands'); END;
