-- The scrutineer's report as it was signed: one a ballot.
CREATE TABLE scrutineer_report (
    ballot      TEXT PRIMARY KEY REFERENCES ballot (id),
    report      TEXT NOT NULL CHECK (report GLOB '{*}'), -- JSON of shared/wire/report_messages.hpp, byte for byte as signed
    signed_at   INTEGER NOT NULL,
    signed_by   TEXT NOT NULL,
    signing_key BLOB NOT NULL CHECK (length(signing_key) = 32),
    signature   BLOB NOT NULL CHECK (length(signature) = 64)
) STRICT;
CREATE TRIGGER scrutineer_report_stands BEFORE UPDATE ON scrutineer_report BEGIN SELECT raise(ABORT, 'a signed report stands'); END;
CREATE TRIGGER scrutineer_report_stays BEFORE DELETE ON scrutineer_report BEGIN SELECT raise(ABORT, 'a signed report stays'); END;

-- Which program this server was, from when: the report names every one that ran while a ballot was open or counted.
CREATE TABLE server_run (
    run        INTEGER PRIMARY KEY,
    started_at INTEGER NOT NULL, -- ballot clock
    version    TEXT NOT NULL,
    program    TEXT NOT NULL CHECK (length(program) = 64) -- SHA-256 of the file that runs
) STRICT;
