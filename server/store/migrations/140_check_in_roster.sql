-- What the signed roster said under which a line was written: what the plan says later takes nothing from that day.
ALTER TABLE picket_check_in ADD COLUMN post_from INTEGER; -- instants, both or neither
ALTER TABLE picket_check_in ADD COLUMN post_to INTEGER;
ALTER TABLE picket_check_in ADD COLUMN listed INTEGER NOT NULL DEFAULT 0 CHECK (listed IN (0, 1)); -- the member was down for the post there
