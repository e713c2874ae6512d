-- That the scrutineer and the general secretary were reminded of a report that is due or late: once for each of these days.
CREATE TABLE report_reminder (
    ballot TEXT NOT NULL REFERENCES ballot (id),
    day    INTEGER NOT NULL, -- that it fell on
    PRIMARY KEY (ballot, day)
) STRICT;
