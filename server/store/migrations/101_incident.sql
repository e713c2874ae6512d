-- What happened in the course of a ballot and belongs in the scrutineer's report. Rows stand; a later one may correct an earlier.
CREATE TABLE incident (
    ballot      TEXT NOT NULL REFERENCES ballot (id),
    number      INTEGER NOT NULL CHECK (number > 0),
    kind        TEXT NOT NULL CHECK (kind IN ('code', 'incident', 'outage', 'suspension')),
    member      TEXT REFERENCES member (number), -- kind code: who says that somebody else voted with their code; deleted with the roll's links
    channel     TEXT NOT NULL CHECK (channel IN ('all', 'online', 'post')),
    began       INTEGER NOT NULL,
    ended       INTEGER CHECK (ended >= began),
    what        TEXT NOT NULL,
    affected    INTEGER CHECK (affected >= 0),
    corrects    INTEGER CHECK (corrects < number),
    recorded_at INTEGER NOT NULL,
    recorded_by TEXT NOT NULL,
    PRIMARY KEY (ballot, number),
    UNIQUE (ballot, member),
    UNIQUE (ballot, corrects),
    FOREIGN KEY (ballot, corrects) REFERENCES incident (ballot, number)
) STRICT;
INSERT INTO incident (ballot, number, kind, member, channel, began, ended, what, recorded_at, recorded_by)
SELECT ballot, row_number() OVER (PARTITION BY ballot ORDER BY recorded_at, number), 'code', number, 'online', recorded_at, recorded_at, '', recorded_at, recorded_by
FROM code_incident;
DROP TABLE code_incident;
CREATE TRIGGER incident_stands BEFORE UPDATE OF ballot, number, kind, channel, began, ended, what, affected, corrects, recorded_at, recorded_by ON incident
BEGIN SELECT raise(ABORT, 'what was recorded stands'); END;
CREATE TRIGGER incident_stays BEFORE DELETE ON incident BEGIN SELECT raise(ABORT, 'what was recorded stays'); END;
