-- What the verified archive and the roll gave, per constituency and question.
CREATE TABLE constituency_count (
    constituency TEXT PRIMARY KEY REFERENCES constituency (id),
    entitled     INTEGER NOT NULL CHECK (entitled >= 0),
    overseas     INTEGER NOT NULL CHECK (overseas >= 0),
    cast_papers  INTEGER NOT NULL CHECK (cast_papers BETWEEN 0 AND entitled + overseas)
) STRICT;
CREATE TABLE question_count (
    constituency TEXT NOT NULL REFERENCES constituency_count (constituency),
    question     INTEGER NOT NULL, -- from 0, in the order of the plan
    yes          INTEGER NOT NULL CHECK (yes >= 0),
    no           INTEGER NOT NULL CHECK (no >= 0),
    PRIMARY KEY (constituency, question)
) STRICT;
CREATE TRIGGER constituency_count_stands BEFORE UPDATE ON constituency_count BEGIN SELECT raise(ABORT, 'a count stands'); END;
CREATE TRIGGER question_count_stands BEFORE UPDATE ON question_count BEGIN SELECT raise(ABORT, 'a count stands'); END;

CREATE TABLE mandate (
    constituency   TEXT NOT NULL REFERENCES constituency (id),
    kind           TEXT NOT NULL CHECK (kind IN ('strike', 'action_short')),
    date_of_ballot INTEGER NOT NULL,
    day_limit      TEXT NOT NULL CHECK (day_limit IN ('begin_by', 'expires_end_of')),
    last_day       INTEGER NOT NULL CHECK (last_day >= date_of_ballot),
    extendable_to  INTEGER,
    PRIMARY KEY (constituency, kind)
) STRICT;

CREATE TABLE turnout_cell (
    ballot       TEXT NOT NULL REFERENCES ballot (id),
    published_at INTEGER NOT NULL,
    kind         TEXT NOT NULL CHECK (kind IN ('constituency', 'branch', 'workplace')),
    name         TEXT NOT NULL,
    entitled     INTEGER NOT NULL,
    returned     INTEGER, -- NULL: hidden
    PRIMARY KEY (ballot, published_at, kind, name)
) STRICT;
