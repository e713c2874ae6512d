CREATE TABLE branch (
    name TEXT PRIMARY KEY CHECK (name <> '')
) STRICT;

CREATE TABLE employer (
    name  TEXT PRIMARY KEY CHECK (name <> ''),
    email TEXT -- where notices go
) STRICT;

CREATE TABLE workplace (
    employer  TEXT NOT NULL REFERENCES employer (name),
    name      TEXT NOT NULL CHECK (name <> ''),
    address   TEXT,
    postcode  TEXT,
    latitude  REAL CHECK (latitude BETWEEN -90 AND 90),
    longitude REAL CHECK (longitude BETWEEN -180 AND 180),
    PRIMARY KEY (employer, name),
    CHECK ((latitude IS NULL) = (longitude IS NULL))
) STRICT;

CREATE TABLE category (
    name TEXT PRIMARY KEY CHECK (name <> '')
) STRICT;

CREATE TABLE member (
    number    TEXT PRIMARY KEY CHECK (number <> ''),
    name      TEXT NOT NULL CHECK (name <> ''),
    email     TEXT,
    phone     TEXT,
    branch    TEXT NOT NULL REFERENCES branch (name),
    employer  TEXT REFERENCES employer (name),
    workplace TEXT,
    category  TEXT REFERENCES category (name),
    joined    INTEGER,
    overseas  INTEGER NOT NULL DEFAULT 0 CHECK (overseas IN (0, 1)),
    active    INTEGER NOT NULL DEFAULT 1 CHECK (active IN (0, 1)), -- 0: left the union; kept so that a return is seen as one
    FOREIGN KEY (employer, workplace) REFERENCES workplace (employer, name),
    CHECK (workplace IS NULL OR employer IS NOT NULL)
) STRICT;
CREATE INDEX member_by_branch ON member (branch);
CREATE INDEX member_by_workplace ON member (employer, workplace);
CREATE INDEX member_by_category ON member (category);

-- Grows by one with every import that changed something: an import prepared against an older register is refused.
CREATE TABLE register_version (
    one     INTEGER PRIMARY KEY CHECK (one = 1),
    version INTEGER NOT NULL
) STRICT;
INSERT INTO register_version VALUES (1, 0);
