-- What was removed stays, out of sight: calendars must learn that its posts are cancelled.
ALTER TABLE picket_plan ADD COLUMN published_version INTEGER NOT NULL DEFAULT 0;
ALTER TABLE picket_plan ADD COLUMN published_at INTEGER NOT NULL DEFAULT 0; -- ballot clock

ALTER TABLE picket_site ADD COLUMN removed INTEGER NOT NULL DEFAULT 0 CHECK (removed IN (0, 1));
ALTER TABLE picket_site ADD COLUMN supervisor_name TEXT; -- all four or none
ALTER TABLE picket_site ADD COLUMN supervisor_contact TEXT;
ALTER TABLE picket_site ADD COLUMN supervisor_letter TEXT;
ALTER TABLE picket_site ADD COLUMN supervisor_police TEXT;

ALTER TABLE picket_entrance ADD COLUMN removed INTEGER NOT NULL DEFAULT 0 CHECK (removed IN (0, 1));
ALTER TABLE picket_entrance ADD COLUMN opens INTEGER CHECK (opens BETWEEN 0 AND 1440); -- minutes after midnight; both or neither
ALTER TABLE picket_entrance ADD COLUMN closes INTEGER CHECK (closes BETWEEN 0 AND 1440);

ALTER TABLE picket_post ADD COLUMN removed INTEGER NOT NULL DEFAULT 0 CHECK (removed IN (0, 1));
ALTER TABLE picket_post ADD COLUMN organiser TEXT NOT NULL DEFAULT ''; -- member number
ALTER TABLE picket_post ADD COLUMN lone_risk TEXT NOT NULL DEFAULT '';

-- What the union sets for its pickets: one row, whose defaults are those of strike::PicketSettings. Times in minutes.
CREATE TABLE picket_settings (
    one            INTEGER PRIMARY KEY CHECK (one = 1),
    version        INTEGER NOT NULL,
    cap            INTEGER NOT NULL,
    night_from     INTEGER NOT NULL,
    night_to       INTEGER NOT NULL,
    least_at_night INTEGER NOT NULL,
    longest_stint  INTEGER NOT NULL,
    stint_break    INTEGER NOT NULL,
    rest           INTEGER NOT NULL,
    cancel_cut_off INTEGER NOT NULL,
    own_workplace  INTEGER NOT NULL CHECK (own_workplace IN (0, 1))
) STRICT;

-- Members who will stand where they are needed, in the order in which they said so.
CREATE TABLE picket_reserve (
    number  INTEGER PRIMARY KEY AUTOINCREMENT,
    walkout TEXT NOT NULL REFERENCES walkout (id),
    branch  TEXT NOT NULL REFERENCES branch (name),
    member  TEXT NOT NULL REFERENCES member (number),
    UNIQUE (walkout, member)
) STRICT;

-- A place offered: whoever may stand there can accept, and the place is then theirs.
CREATE TABLE picket_swap (
    number  INTEGER PRIMARY KEY AUTOINCREMENT,
    post    INTEGER NOT NULL REFERENCES picket_post (number),
    member  TEXT NOT NULL REFERENCES member (number), -- who offers
    wants   INTEGER REFERENCES picket_post (number),  -- the place they take in return; none where they only give theirs up
    state   TEXT NOT NULL CHECK (state IN ('open', 'taken', 'withdrawn')),
    taken_by TEXT REFERENCES member (number)
) STRICT;
CREATE UNIQUE INDEX picket_swap_open ON picket_swap (post, member) WHERE state = 'open';

-- The address of a personal calendar is a secret: only its hash is here. Removing the row revokes it.
CREATE TABLE calendar_feed (
    hash   BLOB PRIMARY KEY CHECK (length(hash) = 32),
    member TEXT NOT NULL UNIQUE REFERENCES member (number)
) STRICT;
