-- The wall of published wishes, as narrow as what it is narrowed to and sorted by, so that each of its orders is read off
-- one index whatever the filter. And what wishes are found by as one text each, with an index over it that is the
-- database's own: the program makes the terms anew, since terms_version is not its own. And what waits for whom, so that a
-- queue is read without looking at what is in none.

CREATE TABLE wall (
  wish_id      BLOB    NOT NULL PRIMARY KEY,
  published_ms INTEGER NOT NULL,
  closes_day   INTEGER NOT NULL,
  progress     INTEGER NOT NULL,
  status       TEXT    NOT NULL,
  category     TEXT    NOT NULL,
  region       TEXT    NOT NULL,
  project_id   BLOB    NOT NULL
) STRICT, WITHOUT ROWID;
INSERT INTO wall
  SELECT w.id, published_ms, closes_day,
    COALESCE((credits_posted_minor - returned_minor) * 1000000 / NULLIF(credit_limit_minor, 0), 0),
    status, category, region, project_id
  FROM wishes w LEFT JOIN accounts a ON a.name = w.account AND a.lane = 0
  WHERE published_ms IS NOT NULL;
CREATE INDEX wall_newest ON wall (published_ms, wish_id, status, category, region, project_id);
CREATE INDEX wall_closing ON wall (closes_day, wish_id, status, category, region, project_id);
CREATE INDEX wall_progress ON wall (progress, wish_id, status, category, region, project_id);
CREATE INDEX wall_status_newest ON wall (status, published_ms, wish_id);
CREATE INDEX wall_status_closing ON wall (status, closes_day, wish_id);
CREATE INDEX wall_status_progress ON wall (status, progress, wish_id);
CREATE INDEX wall_project ON wall (project_id, published_ms, wish_id, closes_day, status, category, region);
DROP INDEX wishes_published;
DROP INDEX wishes_closing;
DROP INDEX wishes_status;

ALTER TABLE wishes ADD COLUMN to_approve INTEGER NOT NULL DEFAULT 0;
ALTER TABLE wishes ADD COLUMN to_order INTEGER NOT NULL DEFAULT 0;
ALTER TABLE wishes ADD COLUMN to_deliver INTEGER NOT NULL DEFAULT 0;
UPDATE wishes SET to_approve = 1 WHERE status = 'InReview' AND json_extract(state, '$.recommendedMinor') IS NOT NULL;
UPDATE wishes SET to_order = 1 WHERE status IN ('Funded', 'Fulfilling')
  AND EXISTS (SELECT 1 FROM json_each(state, '$.items') WHERE json_extract(value, '$.status') = 'Planned');
UPDATE wishes SET to_deliver = 1 WHERE status IN ('Funded', 'Fulfilling')
  AND EXISTS (SELECT 1 FROM json_each(state, '$.items') WHERE json_extract(value, '$.status') = 'Ordered');
CREATE INDEX wishes_drafts ON wishes (applicant_id, id) WHERE status = 'Draft';
CREATE INDEX wishes_to_approve ON wishes (foundation_id, review_due_ms, id) WHERE to_approve = 1;
CREATE INDEX wishes_to_order ON wishes (foundation_id, published_ms, id) WHERE to_order = 1;
CREATE INDEX wishes_to_deliver ON wishes (foundation_id, published_ms, id) WHERE to_deliver = 1;
DROP INDEX wishes_review;
CREATE INDEX wishes_review ON wishes
  (foundation_id, status, review_due_ms, id, reviewer_id, category, region, project_id);

DROP TABLE search_terms;
CREATE TABLE search_texts (
  number  INTEGER NOT NULL PRIMARY KEY,
  wish_id BLOB    NOT NULL UNIQUE,
  terms   TEXT    NOT NULL
) STRICT;
CREATE VIRTUAL TABLE search_index USING fts5(
  terms, wish_id UNINDEXED, content = 'search_texts', content_rowid = 'number', tokenize = 'ascii', detail = none,
  columnsize = 0);
-- What is taken back is gone from the pages of the index too, at once.
INSERT INTO search_index (search_index, rank) VALUES ('secure-delete', 1);
CREATE TRIGGER search_texts_added AFTER INSERT ON search_texts BEGIN
  INSERT INTO search_index (rowid, terms) VALUES (new.number, new.terms);
END;
CREATE TRIGGER search_texts_gone AFTER DELETE ON search_texts BEGIN
  INSERT INTO search_index (search_index, rowid, terms) VALUES ('delete', old.number, old.terms);
END;
CREATE TRIGGER search_texts_changed AFTER UPDATE ON search_texts BEGIN
  INSERT INTO search_index (search_index, rowid, terms) VALUES ('delete', old.number, old.terms);
  INSERT INTO search_index (rowid, terms) VALUES (new.number, new.terms);
END;

UPDATE schema_info SET version = 4, min_reader = 4;
