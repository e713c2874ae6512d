-- The notice of action that covers each employer's part of a walkout; empty where the walkout was called before it was kept.
ALTER TABLE walkout_called ADD COLUMN notice_received INTEGER;
ALTER TABLE walkout_called ADD COLUMN notice_first INTEGER;
ALTER TABLE walkout_called ADD COLUMN notice_last INTEGER;

-- Action short of a strike on some days only: which; none where it goes on throughout the window.
CREATE TABLE walkout_date (
    walkout TEXT NOT NULL REFERENCES walkout (id),
    day     INTEGER NOT NULL,
    PRIMARY KEY (walkout, day)
) STRICT;
CREATE TRIGGER walkout_date_stands BEFORE UPDATE ON walkout_date BEGIN SELECT raise(ABORT, 'the days of a walkout never move'); END;
CREATE TRIGGER walkout_date_stays BEFORE DELETE ON walkout_date BEGIN SELECT raise(ABORT, 'the days of a walkout never move'); END;
