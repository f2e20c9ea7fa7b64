-- The wall of published wishes, as narrow as what it is narrowed to and sorted by, so that each of its orders is read off
-- one index whatever the filter. And what wishes are found by as one text each, with an index over it that is the
-- database's own: the program makes the terms anew, since terms_version is not its own. And what waits for whom, so that a
-- queue is read without looking at what is in none.

CREATE TABLE wall (
  wish_id      uuid   NOT NULL PRIMARY KEY,
  published_ms bigint NOT NULL,
  closes_day   bigint NOT NULL,
  progress     bigint NOT NULL,
  status       text COLLATE "C" NOT NULL,
  category     text COLLATE "C" NOT NULL,
  region       text COLLATE "C" NOT NULL,
  project_id   uuid   NOT NULL
);
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

ALTER TABLE wishes ADD COLUMN to_approve smallint NOT NULL DEFAULT 0;
ALTER TABLE wishes ADD COLUMN to_order smallint NOT NULL DEFAULT 0;
ALTER TABLE wishes ADD COLUMN to_deliver smallint NOT NULL DEFAULT 0;
UPDATE wishes SET to_approve = 1 WHERE status = 'InReview' AND CAST(state AS jsonb) -> 'recommendedMinor' IS NOT NULL;
UPDATE wishes SET to_order = 1 WHERE status IN ('Funded', 'Fulfilling')
  AND EXISTS (SELECT 1 FROM jsonb_array_elements(CAST(state AS jsonb) -> 'items') item WHERE item ->> 'status' = 'Planned');
UPDATE wishes SET to_deliver = 1 WHERE status IN ('Funded', 'Fulfilling')
  AND EXISTS (SELECT 1 FROM jsonb_array_elements(CAST(state AS jsonb) -> 'items') item WHERE item ->> 'status' = 'Ordered');
CREATE INDEX wishes_drafts ON wishes (applicant_id, id) WHERE status = 'Draft';
CREATE INDEX wishes_to_approve ON wishes (foundation_id, review_due_ms, id) WHERE to_approve = 1;
CREATE INDEX wishes_to_order ON wishes (foundation_id, published_ms, id) WHERE to_order = 1;
CREATE INDEX wishes_to_deliver ON wishes (foundation_id, published_ms, id) WHERE to_deliver = 1;
DROP INDEX wishes_review;
CREATE INDEX wishes_review ON wishes
  (foundation_id, status, review_due_ms, id, reviewer_id, category, region, project_id);

DROP TABLE search_terms;
CREATE TABLE search_texts (
  wish_id uuid NOT NULL PRIMARY KEY,
  terms   text COLLATE "C" NOT NULL
);
CREATE INDEX search_texts_terms ON search_texts
  USING gin (array_to_tsvector(string_to_array(btrim(terms), ' '))) WITH (fastupdate = off);

-- The words are as SQLite's FTS5 takes them: "ab" AND "cd"*. Never without the index: where many rows match, PostgreSQL
-- thinks it cheaper to make the vector of one row after the other, which is fifty times slower. Nor more than a thousand:
-- of what so many have, the program asks no more than whether they are so many.
CREATE FUNCTION search_index(words text) RETURNS TABLE (wish_id uuid) LANGUAGE sql STABLE SET enable_seqscan = off AS $$
  SELECT wish_id FROM search_texts
  WHERE array_to_tsvector(string_to_array(btrim(terms), ' '))
    @@ CAST(replace(replace(replace(words, ' AND ', ' & '), '*', ':*'), '"', '''') AS tsquery)
  LIMIT 1000
$$;

UPDATE schema_info SET version = 4, min_reader = 4;
