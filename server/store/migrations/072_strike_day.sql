-- Lines of organisers' lists. They only come in: what they say together is strike::attendance.
CREATE TABLE picket_check_in (
    id          TEXT PRIMARY KEY CHECK (length(id) = 32),
    post        INTEGER NOT NULL REFERENCES picket_post (number),
    member      TEXT NOT NULL REFERENCES member (number),
    kind        TEXT NOT NULL CHECK (kind IN ('arrived', 'left', 'mistake')),
    at          INTEGER NOT NULL, -- ballot clock of the device
    recorded_by TEXT NOT NULL
) STRICT;
CREATE INDEX picket_check_in_by_post ON picket_check_in (post);
CREATE TRIGGER picket_check_in_stands BEFORE UPDATE ON picket_check_in BEGIN SELECT raise(ABORT, 'a line of a list stands'); END;

CREATE TABLE picket_incident (
    number      INTEGER PRIMARY KEY AUTOINCREMENT,
    site        INTEGER NOT NULL REFERENCES picket_site (number),
    at          TEXT NOT NULL, -- wall time in the walkout's zone
    words       TEXT NOT NULL CHECK (words <> ''),
    police      TEXT NOT NULL, -- officers, numbers, reference; empty where there were none
    recorded_by TEXT NOT NULL,
    recorded_at INTEGER NOT NULL
) STRICT;
CREATE INDEX picket_incident_by_site ON picket_incident (site);

CREATE TABLE exemption (
    number       INTEGER PRIMARY KEY AUTOINCREMENT,
    walkout      TEXT NOT NULL REFERENCES walkout (id),
    branch       TEXT NOT NULL REFERENCES branch (name),
    member       TEXT NOT NULL REFERENCES member (number),
    work         TEXT NOT NULL CHECK (work <> ''),
    requested_by TEXT NOT NULL,
    reason       TEXT NOT NULL CHECK (reason <> ''),
    starts       TEXT NOT NULL, -- wall times in the walkout's zone
    ends         TEXT NOT NULL CHECK (ends > starts),
    requested_at INTEGER NOT NULL -- ballot clock
) STRICT;
CREATE INDEX exemption_by_branch ON exemption (walkout, branch);
CREATE INDEX exemption_by_member ON exemption (member);

CREATE TABLE exemption_decision (
    exemption INTEGER NOT NULL REFERENCES exemption (number),
    number    TEXT NOT NULL, -- who decided; one decision each
    name      TEXT NOT NULL,
    grants    INTEGER NOT NULL CHECK (grants IN (0, 1)),
    reason    TEXT NOT NULL CHECK (reason <> ''),
    at        INTEGER NOT NULL, -- ballot clock
    PRIMARY KEY (exemption, number)
) STRICT;
CREATE TRIGGER exemption_decision_stands BEFORE UPDATE ON exemption_decision BEGIN SELECT raise(ABORT, 'a decision stands'); END;
