CREATE TABLE law_commencement (
    seq         INTEGER PRIMARY KEY,
    provision   TEXT NOT NULL,
    from_day    INTEGER NOT NULL,
    instrument  TEXT NOT NULL CHECK (instrument <> ''),
    recorded_at INTEGER NOT NULL, -- ballot clock: a ballot opened before keeps the law it was opened under
    recorded_by TEXT NOT NULL
) STRICT;
CREATE TRIGGER law_commencement_stands BEFORE UPDATE ON law_commencement BEGIN SELECT raise(ABORT, 'a recorded commencement stands'); END;

-- A rehearsal's ballot clock is this far ahead of the machine's, or behind it where it began in the past.
CREATE TABLE clock_offset (
    one     INTEGER PRIMARY KEY CHECK (one = 1),
    seconds INTEGER NOT NULL
) STRICT;
INSERT INTO clock_offset VALUES (1, 0);
