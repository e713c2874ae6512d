-- When a walkout was in which state, from its call on: whether action began in time is asked long after.
CREATE TABLE walkout_state (
    walkout  TEXT NOT NULL REFERENCES walkout (id),
    sequence INTEGER NOT NULL CHECK (sequence >= 0),
    state    TEXT NOT NULL CHECK (state IN ('called', 'suspended', 'ended')),
    at       INTEGER NOT NULL, -- ballot clock
    PRIMARY KEY (walkout, sequence)
) STRICT, WITHOUT ROWID;
-- Until now only the last change was kept beside the walkout; the audit log has them all.
INSERT INTO walkout_state
    SELECT subject, row_number() OVER (PARTITION BY subject ORDER BY seq) - 1,
           CASE action WHEN 'walkout_suspend' THEN 'suspended' WHEN 'walkout_end' THEN 'ended' ELSE 'called' END, as_at
    FROM audit
    WHERE action IN ('walkout_called', 'walkout_suspend', 'walkout_resume', 'walkout_end') AND subject IN (SELECT id FROM walkout);
INSERT OR IGNORE INTO walkout_state SELECT id, sequence, state, changed_at FROM walkout;
CREATE TRIGGER walkout_state_stands BEFORE UPDATE ON walkout_state BEGIN SELECT raise(ABORT, 'what a walkout was stands'); END;
CREATE TRIGGER walkout_state_stays BEFORE DELETE ON walkout_state BEGIN SELECT raise(ABORT, 'what a walkout was stands'); END;

-- Continuous action goes on every day of its window, and was notified so. walkout_called.notice_last is empty where the notice has no end.
ALTER TABLE walkout ADD COLUMN continuous INTEGER NOT NULL DEFAULT 0 CHECK (continuous IN (0, 1));

-- What union and one employer agreed before action ceased to be authorised (TULRCA s.234A(7B)), with the evidence.
CREATE TABLE walkout_agreement (
    seq            INTEGER PRIMARY KEY,
    walkout        TEXT NOT NULL REFERENCES walkout (id),
    employer       TEXT NOT NULL REFERENCES employer (name),
    agreed_by      TEXT NOT NULL CHECK (agreed_by <> ''), -- for the employer
    made_on        INTEGER NOT NULL,
    suspended_from INTEGER NOT NULL,
    resumes_on     INTEGER NOT NULL CHECK (resumes_on >= suspended_from),
    evidence       TEXT NOT NULL CHECK (evidence <> ''),
    recorded_at    INTEGER NOT NULL, -- ballot clock
    recorded_by    TEXT NOT NULL
) STRICT;
CREATE INDEX walkout_agreement_by_walkout ON walkout_agreement (walkout);
CREATE TRIGGER walkout_agreement_stands BEFORE UPDATE ON walkout_agreement BEGIN SELECT raise(ABORT, 'a recorded agreement stands'); END;
CREATE TRIGGER walkout_agreement_stays BEFORE DELETE ON walkout_agreement BEGIN SELECT raise(ABORT, 'a recorded agreement stands'); END;
