-- One branch's plan for one walkout. Its version goes up with every site, entrance and post: it is the ETag that two co-chairs edit under.
CREATE TABLE picket_plan (
    walkout TEXT NOT NULL REFERENCES walkout (id),
    branch  TEXT NOT NULL REFERENCES branch (name),
    version INTEGER NOT NULL CHECK (version > 0),
    PRIMARY KEY (walkout, branch)
) STRICT;

-- AUTOINCREMENT: people write these numbers down, so none is ever given twice.
CREATE TABLE picket_site (
    number    INTEGER PRIMARY KEY AUTOINCREMENT,
    walkout   TEXT NOT NULL,
    branch    TEXT NOT NULL,
    name      TEXT NOT NULL CHECK (name <> ''),
    address   TEXT NOT NULL CHECK (address <> ''),
    employer  TEXT, -- whose workplace it is, for "own place of work" (TULRCA s.220)
    workplace TEXT,
    latitude  REAL CHECK (latitude BETWEEN -90 AND 90),
    longitude REAL CHECK (longitude BETWEEN -180 AND 180),
    public    INTEGER NOT NULL CHECK (public IN (0, 1)),
    notes     TEXT NOT NULL,
    FOREIGN KEY (walkout, branch) REFERENCES picket_plan (walkout, branch),
    FOREIGN KEY (employer, workplace) REFERENCES workplace (employer, name),
    CHECK ((employer IS NULL) = (workplace IS NULL)),
    CHECK ((latitude IS NULL) = (longitude IS NULL))
) STRICT;
CREATE INDEX picket_site_by_plan ON picket_site (walkout, branch);

CREATE TABLE picket_entrance (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    site   INTEGER NOT NULL REFERENCES picket_site (number),
    name   TEXT NOT NULL CHECK (name <> '')
) STRICT;
CREATE INDEX picket_entrance_by_site ON picket_entrance (site);

CREATE TABLE picket_post (
    number          INTEGER PRIMARY KEY AUTOINCREMENT,
    entrance        INTEGER NOT NULL REFERENCES picket_entrance (number),
    role            TEXT NOT NULL CHECK (role IN ('walkout', 'arrivals', 'late', 'night', 'return')),
    starts          TEXT NOT NULL, -- wall time in the walkout's zone
    starts_later    INTEGER NOT NULL CHECK (starts_later IN (0, 1)), -- the second of two equal wall times (autumn)
    ends            TEXT NOT NULL,
    ends_later      INTEGER NOT NULL CHECK (ends_later IN (0, 1)),
    needed          INTEGER NOT NULL CHECK (needed > 0),
    places          INTEGER NOT NULL CHECK (places >= needed),
    over_six_reason TEXT NOT NULL
) STRICT;
CREATE INDEX picket_post_by_entrance ON picket_post (entrance);

-- A cancelled sign-up stays, so that the member's calendar learns of it.
CREATE TABLE picket_sign_up (
    post      INTEGER NOT NULL REFERENCES picket_post (number),
    member    TEXT NOT NULL REFERENCES member (number),
    cancelled INTEGER NOT NULL CHECK (cancelled IN (0, 1)),
    sequence  INTEGER NOT NULL CHECK (sequence >= 0),
    PRIMARY KEY (post, member)
) STRICT;
CREATE INDEX picket_sign_up_by_member ON picket_sign_up (member);

-- The domain refuses a full post in words; these are the second opinion.
CREATE TRIGGER picket_post_holds_no_more BEFORE INSERT ON picket_sign_up
WHEN new.cancelled = 0 AND (SELECT count(*) FROM picket_sign_up WHERE post = new.post AND cancelled = 0) >= (SELECT places FROM picket_post WHERE number = new.post)
BEGIN SELECT raise(ABORT, 'the post is full'); END;
CREATE TRIGGER picket_post_takes_back_no_more BEFORE UPDATE ON picket_sign_up
WHEN new.cancelled = 0 AND old.cancelled = 1
     AND (SELECT count(*) FROM picket_sign_up WHERE post = new.post AND cancelled = 0) >= (SELECT places FROM picket_post WHERE number = new.post)
BEGIN SELECT raise(ABORT, 'the post is full'); END;
