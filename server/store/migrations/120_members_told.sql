-- That those entitled to vote were told the result (TULRCA s.231): once, when the mails were queued.
CREATE TABLE members_told (
    ballot          TEXT PRIMARY KEY REFERENCES ballot (id),
    told_at         INTEGER NOT NULL,
    told_by         TEXT NOT NULL,
    mailed          INTEGER NOT NULL CHECK (mailed >= 0),
    without_address INTEGER NOT NULL CHECK (without_address >= 0) -- owed a letter
) STRICT;
CREATE TRIGGER members_told_stands BEFORE UPDATE ON members_told BEGIN SELECT raise(ABORT, 'what was told stands'); END;
