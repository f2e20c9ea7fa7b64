-- What published wishes are found by: words, and pairs of signs. The program makes the terms of texts and wishes, anew
-- whenever terms_version is not its own. And the wishes of a status in the order in which they close.

CREATE TABLE search_terms (
  wish_id BLOB NOT NULL,
  term    TEXT NOT NULL,
  PRIMARY KEY (wish_id, term)
) STRICT, WITHOUT ROWID;
CREATE INDEX search_terms_term ON search_terms (term, wish_id);
CREATE INDEX wishes_status ON wishes (status, closes_day, id);

ALTER TABLE schema_info ADD COLUMN terms_version INTEGER NOT NULL DEFAULT 0;
UPDATE schema_info SET version = 3, min_reader = 3;
