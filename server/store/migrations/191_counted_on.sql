-- The text under which the count was started, as two people signed it: papers that came too late are recorded after it, and change nothing of it.
CREATE TABLE counted_on (
    ballot    TEXT PRIMARY KEY REFERENCES ballot (id),
    canonical TEXT NOT NULL
) STRICT;
CREATE TRIGGER counted_on_stands BEFORE UPDATE ON counted_on BEGIN SELECT raise(ABORT, 'what was counted on stands'); END;
