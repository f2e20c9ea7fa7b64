-- The journal and its read models. Ids are 16-byte blobs in network order, so that UUIDv7 keys sort by time and
-- new rows go to the end of their table. Times are Unix milliseconds, amounts are minor units.
-- STRICT, or a sum that is too large for an integer would silently become a floating number.

CREATE TABLE schema_info (
  only_row   INTEGER NOT NULL PRIMARY KEY CHECK (only_row = 1),
  version    INTEGER NOT NULL,
  min_reader INTEGER NOT NULL,
  currency   TEXT
) STRICT;
INSERT INTO schema_info (only_row, version, min_reader) VALUES (1, 1, 1);

CREATE TABLE streams (
  id      BLOB    NOT NULL PRIMARY KEY,
  kind    INTEGER NOT NULL,
  version INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE events (
  stream_id  BLOB    NOT NULL,
  version    INTEGER NOT NULL,
  name       TEXT    NOT NULL,
  data       TEXT    NOT NULL,
  at_ms      INTEGER NOT NULL,
  actor_id   BLOB    NOT NULL,
  command_id BLOB    NOT NULL,
  PRIMARY KEY (stream_id, version)
) STRICT, WITHOUT ROWID;

CREATE TABLE commands (
  id          BLOB    NOT NULL,
  actor_id    BLOB    NOT NULL,
  fingerprint BLOB    NOT NULL,
  stream_id   BLOB    NOT NULL,
  version     INTEGER NOT NULL,
  PRIMARY KEY (id, actor_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE transfers (
  id           BLOB    NOT NULL PRIMARY KEY,
  kind         INTEGER NOT NULL,
  code         INTEGER NOT NULL,
  debit        TEXT    NOT NULL,
  credit       TEXT    NOT NULL,
  amount_minor INTEGER NOT NULL CHECK (amount_minor > 0),
  resolves     BLOB,
  at_ms        INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX transfers_debit ON transfers (debit, id);
CREATE INDEX transfers_credit ON transfers (credit, id);
CREATE UNIQUE INDEX transfers_resolves ON transfers (resolves) WHERE resolves IS NOT NULL;

CREATE TABLE accounts (
  name                 TEXT    NOT NULL,
  lane                 INTEGER NOT NULL,
  debits_pending_minor  INTEGER NOT NULL,
  debits_posted_minor   INTEGER NOT NULL,
  credits_pending_minor INTEGER NOT NULL,
  credits_posted_minor  INTEGER NOT NULL,
  returned_minor        INTEGER NOT NULL,
  credit_limit_minor    INTEGER,
  PRIMARY KEY (name, lane)
) STRICT, WITHOUT ROWID;

CREATE TABLE due (
  at_ms            INTEGER NOT NULL,
  subject_id       BLOB    NOT NULL,
  kind             INTEGER NOT NULL,
  owner_id         BLOB    NOT NULL,
  owner_kind       INTEGER NOT NULL,
  claimed_until_ms INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (at_ms, subject_id, kind)
) STRICT, WITHOUT ROWID;

CREATE TABLE texts (
  subject_id BLOB    NOT NULL,
  field      INTEGER NOT NULL,
  text       TEXT    NOT NULL,
  PRIMARY KEY (subject_id, field)
) STRICT, WITHOUT ROWID;

CREATE TABLE wishes (
  id            BLOB    NOT NULL PRIMARY KEY,
  account       TEXT NOT NULL,
  version       INTEGER NOT NULL,
  status        TEXT    NOT NULL,
  applicant_id  BLOB    NOT NULL,
  project_id    BLOB    NOT NULL,
  foundation_id BLOB    NOT NULL,
  reviewer_id   BLOB,
  category      TEXT    NOT NULL,
  region        TEXT    NOT NULL,
  review_due_ms INTEGER,
  published_ms  INTEGER,
  closes_day    INTEGER,
  state         TEXT    NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX wishes_applicant ON wishes (applicant_id, id);
CREATE INDEX wishes_review ON wishes (foundation_id, status, review_due_ms, id);
CREATE INDEX wishes_published ON wishes (published_ms, id) WHERE published_ms IS NOT NULL;
CREATE INDEX wishes_closing ON wishes (closes_day, id) WHERE closes_day IS NOT NULL;

CREATE TABLE projects (
  id            BLOB    NOT NULL PRIMARY KEY,
  account       TEXT NOT NULL,
  version       INTEGER NOT NULL,
  status        TEXT    NOT NULL,
  foundation_id BLOB    NOT NULL,
  state         TEXT    NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE pledges_by_donor (
  donor_id  BLOB NOT NULL,
  pledge_id BLOB NOT NULL,
  PRIMARY KEY (donor_id, pledge_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE pledge_counts (
  target_id BLOB    NOT NULL PRIMARY KEY,
  pledges   INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
