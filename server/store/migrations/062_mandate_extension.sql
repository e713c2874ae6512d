-- That union and one employer agreed a longer mandate, or a court gave days back (TULRCA s.234), with the evidence.
CREATE TABLE mandate_extension (
    seq          INTEGER PRIMARY KEY,
    constituency TEXT NOT NULL,
    kind         TEXT NOT NULL,
    employer     TEXT NOT NULL REFERENCES employer (name),
    ground       TEXT NOT NULL CHECK (ground IN ('agreement', 'court_order')),
    until        INTEGER NOT NULL, -- the new last day
    made_on      INTEGER NOT NULL, -- the day of the agreement or order
    evidence     TEXT NOT NULL CHECK (evidence <> ''),
    recorded_at  INTEGER NOT NULL, -- ballot clock
    recorded_by  TEXT NOT NULL,
    FOREIGN KEY (constituency, kind) REFERENCES mandate (constituency, kind)
) STRICT;
CREATE TRIGGER mandate_extension_stands BEFORE UPDATE ON mandate_extension BEGIN SELECT raise(ABORT, 'a recorded extension stands'); END;
CREATE TRIGGER mandate_extension_stays BEFORE DELETE ON mandate_extension BEGIN SELECT raise(ABORT, 'a recorded extension stands'); END;
