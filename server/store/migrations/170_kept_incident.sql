-- A note kept on a device without a signal comes with an id of the device's making: the same note sent twice is one.
ALTER TABLE picket_incident ADD COLUMN id TEXT CHECK (length(id) = 32);
ALTER TABLE picket_incident ADD COLUMN at_later INTEGER NOT NULL DEFAULT 0 CHECK (at_later IN (0, 1)); -- the second of two equal wall times (autumn)
CREATE UNIQUE INDEX picket_incident_by_id ON picket_incident (id);
