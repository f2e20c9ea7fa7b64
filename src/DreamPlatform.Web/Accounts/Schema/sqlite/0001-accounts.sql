CREATE TABLE accounts (
    Id                   TEXT    NOT NULL PRIMARY KEY,
    UserName             TEXT    NULL,
    NormalizedUserName   TEXT    NULL,
    Email                TEXT    NULL,
    NormalizedEmail      TEXT    NULL,
    EmailConfirmed       INTEGER NOT NULL,
    PasswordHash         TEXT    NULL,
    SecurityStamp        TEXT    NULL,
    ConcurrencyStamp     TEXT    NULL,
    PhoneNumber          TEXT    NULL,
    PhoneNumberConfirmed INTEGER NOT NULL,
    TwoFactorEnabled     INTEGER NOT NULL,
    LockoutEnd           TEXT    NULL,
    LockoutEnabled       INTEGER NOT NULL,
    AccessFailedCount    INTEGER NOT NULL
);

CREATE UNIQUE INDEX ux_accounts_user_name ON accounts (NormalizedUserName);
CREATE UNIQUE INDEX ux_accounts_email ON accounts (NormalizedEmail);

CREATE TABLE account_claims (
    Id         INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    UserId     TEXT    NOT NULL REFERENCES accounts (Id) ON DELETE CASCADE,
    ClaimType  TEXT    NULL,
    ClaimValue TEXT    NULL
);

CREATE INDEX ix_account_claims_user ON account_claims (UserId);

CREATE TABLE account_logins (
    LoginProvider       TEXT NOT NULL,
    ProviderKey         TEXT NOT NULL,
    ProviderDisplayName TEXT NULL,
    UserId              TEXT NOT NULL REFERENCES accounts (Id) ON DELETE CASCADE,
    PRIMARY KEY (LoginProvider, ProviderKey)
);

CREATE INDEX ix_account_logins_user ON account_logins (UserId);

CREATE TABLE account_tokens (
    UserId        TEXT NOT NULL REFERENCES accounts (Id) ON DELETE CASCADE,
    LoginProvider TEXT NOT NULL,
    Name          TEXT NOT NULL,
    Value         TEXT NULL,
    PRIMARY KEY (UserId, LoginProvider, Name)
);

CREATE TABLE foundations (
    Id               TEXT NOT NULL PRIMARY KEY,
    Name             TEXT NOT NULL,
    RegistrationCode TEXT NOT NULL UNIQUE,
    CreatedAt        TEXT NOT NULL
);

CREATE TABLE held_roles (
    Id           INTEGER NOT NULL PRIMARY KEY,
    AccountId    TEXT    NOT NULL REFERENCES accounts (Id) ON DELETE CASCADE,
    Role         TEXT    NOT NULL,
    FoundationId TEXT    NULL REFERENCES foundations (Id)
);

-- To a unique index every NULL is another one, so roles of the whole platform need an index of their own.
CREATE UNIQUE INDEX ux_held_roles_foundation ON held_roles (AccountId, Role, FoundationId);
CREATE UNIQUE INDEX ux_held_roles_platform ON held_roles (AccountId, Role) WHERE FoundationId IS NULL;
