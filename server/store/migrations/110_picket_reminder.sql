-- Who was reminded of which post, the day before: at other hours it is another thing to be reminded of.
CREATE TABLE picket_reminder (
    post   INTEGER NOT NULL REFERENCES picket_post (number),
    member TEXT NOT NULL REFERENCES member (number),
    starts TEXT NOT NULL, -- wall time of the post as it then was
    PRIMARY KEY (post, member, starts)
) STRICT, WITHOUT ROWID;
CREATE INDEX picket_post_by_start ON picket_post (starts);
