-- Walkouts whose people were deleted, six months after the dispute (law.md section 5): each once.
CREATE TABLE walkout_forgotten (
    walkout TEXT PRIMARY KEY REFERENCES walkout (id),
    at      INTEGER NOT NULL, -- ballot clock
    rows    INTEGER NOT NULL
) STRICT;
