-- Voting papers are numbered with the voting codes, whichever way they are returned. That some are printed, so that they may come back by post and the
-- boards wait for them, is a fact of its own.
CREATE TABLE postal_issued (
    ballot TEXT PRIMARY KEY REFERENCES ballot (id),
    at     INTEGER NOT NULL,
    by     TEXT NOT NULL
) STRICT;
-- Until now papers were numbered when they were first printed.
INSERT INTO postal_issued (ballot, at, by)
SELECT s.ballot, coalesce(min(s.sent_at), b.opened_at, b.planned_at), 'scrutineer' FROM postal_serial s JOIN ballot b ON b.id = s.ballot GROUP BY s.ballot;
