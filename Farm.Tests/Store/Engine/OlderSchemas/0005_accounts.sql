-- People, for every contract that knows people and for the dashboard.
CREATE TABLE accounts (
  id               INTEGER PRIMARY KEY,
  uuid             BLOB NOT NULL UNIQUE,
  username         TEXT NOT NULL UNIQUE,
  password_hash    TEXT NOT NULL,
  is_active        INTEGER NOT NULL,
  is_administrator INTEGER NOT NULL,
  created_at       INTEGER NOT NULL
) STRICT;

-- Of a token only the SHA-256 is kept. A nonce is there where the same token is given out again while it is valid: it follows from
-- the nonce and a key that lies in the data directory, not in the database.
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
