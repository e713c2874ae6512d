-- Why people stand at a site that is not their own place of work, where its workplace was changed under them; seen by the branch's co-chairs.
ALTER TABLE picket_site ADD COLUMN elsewhere_reason TEXT NOT NULL DEFAULT '';
