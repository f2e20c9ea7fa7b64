-- What falls due is no longer only what follows from states: messages too, and whatever a sweeper is to see to. By kind
-- first, so that many of one kind that wait do not stand in the way of another. A message is about an event (the owner's,
-- by its version), has a reader and a topic; who sees to it counts the attempts and keeps why the last one failed.

CREATE TABLE due_by_kind (
  kind             INTEGER NOT NULL,
  at_ms            INTEGER NOT NULL,
  subject_id       BLOB    NOT NULL,
  owner_id         BLOB    NOT NULL,
  owner_kind       INTEGER NOT NULL,
  claimed_until_ms INTEGER NOT NULL DEFAULT 0,
  recipient_id     BLOB,
  topic            TEXT,
  version          INTEGER,
  attempts         INTEGER NOT NULL DEFAULT 0,
  last_error       TEXT,
  PRIMARY KEY (kind, at_ms, subject_id)
) STRICT, WITHOUT ROWID;
INSERT INTO due_by_kind (kind, at_ms, subject_id, owner_id, owner_kind, claimed_until_ms)
  SELECT kind, at_ms, subject_id, owner_id, owner_kind, claimed_until_ms FROM due;
DROP TABLE due;
ALTER TABLE due_by_kind RENAME TO due;
CREATE INDEX due_recipient ON due (recipient_id, subject_id) WHERE recipient_id IS NOT NULL;

UPDATE schema_info SET version = 2, min_reader = 2;
