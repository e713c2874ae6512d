-- A rule that could not be verified when the table of the law was written, or that changed since, as an official read it in the enactment.
CREATE TABLE law_setting (
    seq          INTEGER PRIMARY KEY,
    jurisdiction TEXT NOT NULL,
    topic        TEXT NOT NULL,
    from_day     INTEGER NOT NULL, -- on the date that the topic's selector names
    value        TEXT NOT NULL CHECK (value <> ''),
    source       TEXT NOT NULL CHECK (source <> ''),
    recorded_at  INTEGER NOT NULL, -- ballot clock: a ballot opened before keeps the law it was opened under
    recorded_by  TEXT NOT NULL
) STRICT;
CREATE TRIGGER law_setting_stands BEFORE UPDATE ON law_setting BEGIN SELECT raise(ABORT, 'a recorded rule stands'); END;
CREATE TRIGGER law_setting_stays BEFORE DELETE ON law_setting BEGIN SELECT raise(ABORT, 'a recorded rule stands'); END;
CREATE TRIGGER law_commencement_stays BEFORE DELETE ON law_commencement BEGIN SELECT raise(ABORT, 'a recorded commencement stands'); END;
