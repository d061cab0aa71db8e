-- User accounts, shared by all contracts and the dashboard.
CREATE TABLE accounts (
  id               INTEGER PRIMARY KEY,
  uuid             BLOB NOT NULL UNIQUE,
  username         TEXT NOT NULL UNIQUE,
  password_hash    TEXT NOT NULL,
  is_active        INTEGER NOT NULL,
  is_administrator INTEGER NOT NULL,
  created_at       INTEGER NOT NULL
) STRICT;

-- Only the SHA-256 of a token is stored. A session whose token can be issued again has a nonce: the token is derived from the nonce and
-- a key in the data directory.
CREATE TABLE sessions (
  id         INTEGER PRIMARY KEY,
  token_hash BLOB NOT NULL UNIQUE,
  account_id INTEGER NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
  nonce      BLOB,
  created_at INTEGER NOT NULL,
  expires_at INTEGER NOT NULL
) STRICT;

CREATE INDEX sessions_by_account ON sessions (account_id);
CREATE INDEX sessions_by_expiry ON sessions (expires_at);
CREATE UNIQUE INDEX sessions_lasting ON sessions (account_id) WHERE nonce IS NOT NULL;
