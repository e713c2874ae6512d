-- That every official was warned that nothing has been sent in a ballot that is open: once an hour after the opening, then once a day.
CREATE TABLE unsent_alarm (
    ballot TEXT NOT NULL REFERENCES ballot (id),
    due    INTEGER NOT NULL, -- the instant
    PRIMARY KEY (ballot, due)
) STRICT;

-- Papers that left are looked for whenever a ballot that is open falls due.
CREATE INDEX postal_serial_sent ON postal_serial (ballot) WHERE sent_at IS NOT NULL;
