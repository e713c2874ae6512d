-- Who is reached in case of need: printed on the branch's papers for this walkout.
ALTER TABLE picket_plan ADD COLUMN contact TEXT NOT NULL DEFAULT '';
-- On which days of the week an entrance opens: Monday 1, Tuesday 2, Wednesday 4 and so on, added up.
ALTER TABLE picket_entrance ADD COLUMN days INTEGER NOT NULL DEFAULT 127 CHECK (days BETWEEN 1 AND 127);
-- picket_entrance.closes at or before opens: on the next day.
