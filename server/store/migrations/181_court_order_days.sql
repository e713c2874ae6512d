-- The days on which a court's order or an undertaking forbade the action: a court gives back those, and no more (TULRCA s.234(2)-(6)). Local dates,
-- both inclusive; absent in what was recorded before they were asked for.
ALTER TABLE mandate_extension ADD COLUMN forbidden_from INTEGER;
ALTER TABLE mandate_extension ADD COLUMN forbidden_to INTEGER CHECK (forbidden_to >= forbidden_from);
