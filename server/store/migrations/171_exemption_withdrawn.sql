-- A grant that was taken back, by one of those who decide.
CREATE TABLE exemption_withdrawal (
    exemption INTEGER PRIMARY KEY REFERENCES exemption (number),
    number    TEXT NOT NULL,
    name      TEXT NOT NULL,
    reason    TEXT NOT NULL CHECK (reason <> ''),
    at        INTEGER NOT NULL -- ballot clock
) STRICT;
CREATE TRIGGER exemption_withdrawal_stands BEFORE UPDATE ON exemption_withdrawal BEGIN SELECT raise(ABORT, 'a withdrawal stands'); END;

-- The second of two equal wall times (autumn). What was asked for before ended with the second.
ALTER TABLE exemption ADD COLUMN starts_later INTEGER NOT NULL DEFAULT 0 CHECK (starts_later IN (0, 1));
ALTER TABLE exemption ADD COLUMN ends_later INTEGER NOT NULL DEFAULT 1 CHECK (ends_later IN (0, 1));
