-- Times are milliseconds since 1970, so that they can be compared. Whatever belongs to an account goes with it.

CREATE TABLE sessions (
  Id              TEXT    NOT NULL PRIMARY KEY,
  AccountId       TEXT    NOT NULL REFERENCES accounts (Id) ON DELETE CASCADE,
  Stamp           TEXT    NOT NULL,
  CreatedAt       INTEGER NOT NULL,
  LastSeenAt      INTEGER NOT NULL,
  ExpiresAt       INTEGER NOT NULL,
  UserAgent       TEXT    NULL,
  HasSecondFactor INTEGER NOT NULL,
  Generation      INTEGER NOT NULL,
  RefreshedAt     INTEGER NOT NULL
);

CREATE INDEX ix_sessions_account ON sessions (AccountId, CreatedAt);
CREATE INDEX ix_sessions_expiry ON sessions (ExpiresAt);

-- Where an account signed in before, as keyed hashes: guesses from elsewhere do not lock its owner out there.
CREATE TABLE known_addresses (
  AccountId   TEXT    NOT NULL REFERENCES accounts (Id) ON DELETE CASCADE,
  AddressHash TEXT    NOT NULL,
  LastAt      INTEGER NOT NULL,
  PRIMARY KEY (AccountId, AddressHash)
);

-- Codes of the second factor that were accepted, as long as they could be accepted again.
CREATE TABLE used_codes (
  AccountId TEXT    NOT NULL REFERENCES accounts (Id) ON DELETE CASCADE,
  Code      TEXT    NOT NULL,
  UsedAt    INTEGER NOT NULL,
  PRIMARY KEY (AccountId, Code)
);

CREATE TABLE invitations (
  Id              TEXT    NOT NULL PRIMARY KEY,
  FoundationId    TEXT    NOT NULL REFERENCES foundations (Id),
  Role            TEXT    NOT NULL,
  Email           TEXT    NOT NULL,
  NormalizedEmail TEXT    NOT NULL,
  TokenHash       BLOB    NOT NULL UNIQUE,
  InvitedBy       TEXT    NULL REFERENCES accounts (Id) ON DELETE SET NULL,
  CreatedAt       INTEGER NOT NULL,
  ExpiresAt       INTEGER NOT NULL
);

CREATE UNIQUE INDEX ux_invitations ON invitations (FoundationId, NormalizedEmail, Role);
CREATE INDEX ix_invitations_expiry ON invitations (ExpiresAt);

-- An applicant's offer to be helped, and once HelperId is set, that somebody helps.
CREATE TABLE helps (
  Id          TEXT    NOT NULL PRIMARY KEY,
  ApplicantId TEXT    NOT NULL REFERENCES accounts (Id) ON DELETE CASCADE,
  HelperId    TEXT    NULL REFERENCES accounts (Id) ON DELETE CASCADE,
  TokenHash   BLOB    NULL UNIQUE,
  CreatedAt   INTEGER NOT NULL,
  ExpiresAt   INTEGER NULL,
  AcceptedAt  INTEGER NULL
);

CREATE UNIQUE INDEX ux_helps ON helps (ApplicantId, HelperId);
CREATE INDEX ix_helps_helper ON helps (HelperId);
CREATE INDEX ix_helps_expiry ON helps (ExpiresAt);

-- Mail that is owed. What it says and to whom is protected: there are addresses and one-time links in it.
CREATE TABLE letters (
  Id        TEXT    NOT NULL PRIMARY KEY,
  AccountId TEXT    NULL REFERENCES accounts (Id) ON DELETE CASCADE,
  Address   TEXT    NOT NULL,
  Topic     TEXT    NOT NULL,
  "Values"  TEXT    NOT NULL,
  CreatedAt INTEGER NOT NULL,
  NextAt    INTEGER NOT NULL,
  Attempts  INTEGER NOT NULL,
  LastError TEXT    NULL
);

CREATE INDEX ix_letters_due ON letters (NextAt, Id);
CREATE INDEX ix_letters_account ON letters (AccountId);

-- That somebody asked for mail to an address, as a keyed hash: known or not, so that both cost the same.
CREATE TABLE letter_requests (
  Id      INTEGER NOT NULL PRIMARY KEY,
  Address TEXT    NOT NULL,
  At      INTEGER NOT NULL
);

CREATE INDEX ix_letter_requests ON letter_requests (Address, At);

CREATE TABLE data_protection_keys (
  Id           INTEGER NOT NULL PRIMARY KEY,
  FriendlyName TEXT    NULL,
  Xml          TEXT    NULL
);
