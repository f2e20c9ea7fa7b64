-- The journal and its read models; the same tables as on SQLite. Times are Unix milliseconds, amounts are minor units.
-- Texts that are compared or sorted are codes, so the C collation keeps their order the same everywhere.

CREATE TABLE schema_info (
  only_row   smallint NOT NULL PRIMARY KEY CHECK (only_row = 1),
  version    integer NOT NULL,
  min_reader integer NOT NULL,
  currency   text
);
INSERT INTO schema_info (only_row, version, min_reader) VALUES (1, 1, 1);

CREATE TABLE streams (
  id      uuid    NOT NULL PRIMARY KEY,
  kind    smallint NOT NULL,
  version bigint NOT NULL
) WITH (fillfactor = 70);

CREATE TABLE events (
  stream_id  uuid    NOT NULL,
  version    bigint NOT NULL,
  name       text COLLATE "C"    NOT NULL,
  data       text    NOT NULL,
  at_ms      bigint NOT NULL,
  actor_id   uuid    NOT NULL,
  command_id uuid    NOT NULL,
  PRIMARY KEY (stream_id, version)
);

CREATE TABLE commands (
  id          uuid    NOT NULL,
  actor_id    uuid    NOT NULL,
  fingerprint uuid    NOT NULL,
  stream_id   uuid    NOT NULL,
  version     bigint NOT NULL,
  PRIMARY KEY (id, actor_id)
);

CREATE TABLE transfers (
  id           uuid    NOT NULL PRIMARY KEY,
  kind         smallint NOT NULL,
  code         smallint NOT NULL,
  debit        text COLLATE "C"    NOT NULL,
  credit       text COLLATE "C"    NOT NULL,
  amount_minor bigint NOT NULL CHECK (amount_minor > 0),
  resolves     uuid,
  at_ms        bigint NOT NULL
);
CREATE INDEX transfers_debit ON transfers (debit, id);
CREATE INDEX transfers_credit ON transfers (credit, id);
CREATE UNIQUE INDEX transfers_resolves ON transfers (resolves) WHERE resolves IS NOT NULL;

CREATE TABLE accounts (
  name                 text COLLATE "C"    NOT NULL,
  lane                 smallint NOT NULL,
  debits_pending_minor  bigint NOT NULL,
  debits_posted_minor   bigint NOT NULL,
  credits_pending_minor bigint NOT NULL,
  credits_posted_minor  bigint NOT NULL,
  returned_minor        bigint NOT NULL,
  credit_limit_minor    bigint,
  PRIMARY KEY (name, lane)
) WITH (fillfactor = 50);

CREATE TABLE due (
  at_ms            bigint NOT NULL,
  subject_id       uuid    NOT NULL,
  kind             smallint NOT NULL,
  owner_id         uuid    NOT NULL,
  owner_kind       smallint NOT NULL,
  claimed_until_ms bigint NOT NULL DEFAULT 0,
  PRIMARY KEY (at_ms, subject_id, kind)
);

CREATE TABLE texts (
  subject_id uuid    NOT NULL,
  field      smallint NOT NULL,
  text       text    NOT NULL,
  PRIMARY KEY (subject_id, field)
);

CREATE TABLE wishes (
  id            uuid    NOT NULL PRIMARY KEY,
  account       text COLLATE "C" NOT NULL,
  version       bigint NOT NULL,
  status        text COLLATE "C"    NOT NULL,
  applicant_id  uuid    NOT NULL,
  project_id    uuid    NOT NULL,
  foundation_id uuid    NOT NULL,
  reviewer_id   uuid,
  category      text COLLATE "C"    NOT NULL,
  region        text COLLATE "C"    NOT NULL,
  review_due_ms bigint,
  published_ms  bigint,
  closes_day    bigint,
  state         text    NOT NULL
);
CREATE INDEX wishes_applicant ON wishes (applicant_id, id);
CREATE INDEX wishes_review ON wishes (foundation_id, status, review_due_ms, id);
CREATE INDEX wishes_published ON wishes (published_ms, id) WHERE published_ms IS NOT NULL;
CREATE INDEX wishes_closing ON wishes (closes_day, id) WHERE closes_day IS NOT NULL;

CREATE TABLE projects (
  id            uuid    NOT NULL PRIMARY KEY,
  account       text COLLATE "C" NOT NULL,
  version       bigint NOT NULL,
  status        text COLLATE "C"    NOT NULL,
  foundation_id uuid    NOT NULL,
  state         text    NOT NULL
);

CREATE TABLE pledges_by_donor (
  donor_id  uuid NOT NULL,
  pledge_id uuid NOT NULL,
  PRIMARY KEY (donor_id, pledge_id)
);

CREATE TABLE pledge_counts (
  target_id uuid    NOT NULL PRIMARY KEY,
  pledges   bigint NOT NULL
) WITH (fillfactor = 50);
