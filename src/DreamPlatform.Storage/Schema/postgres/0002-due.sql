-- What falls due is no longer only what follows from states: messages too, and whatever a sweeper is to see to. By kind
-- first, so that many of one kind that wait do not stand in the way of another. A message is about an event (the owner's,
-- by its version), has a reader and a topic; who sees to it counts the attempts and keeps why the last one failed.

ALTER TABLE due
  ADD COLUMN recipient_id uuid,
  ADD COLUMN topic text COLLATE "C",
  ADD COLUMN version bigint,
  ADD COLUMN attempts integer NOT NULL DEFAULT 0,
  ADD COLUMN last_error text COLLATE "C",
  DROP CONSTRAINT due_pkey,
  ADD PRIMARY KEY (kind, at_ms, subject_id);
CREATE INDEX due_recipient ON due (recipient_id, subject_id) WHERE recipient_id IS NOT NULL;

UPDATE schema_info SET version = 2, min_reader = 2;
