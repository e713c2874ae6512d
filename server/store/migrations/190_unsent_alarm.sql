-- That every official was warned that nothing has been sent in a ballot that is open: once an hour after the opening, then once a day.
CREATE TABLE unsent_alarm (
    ballot TEXT NOT NULL REFERENCES ballot (id),
    due    INTEGER NOT NULL, -- the instant
    PRIMARY KEY (ballot, due)
) STRICT;
