-- Tokens of tools and workers. Only the SHA-256 of a token is stored.
CREATE TABLE tokens (
  id           INTEGER PRIMARY KEY,
  token_hash   BLOB NOT NULL UNIQUE,
  name         TEXT NOT NULL,
  role         INTEGER NOT NULL,
  account_id   INTEGER REFERENCES accounts (id),
  project_id   INTEGER,
  created_at   INTEGER NOT NULL,
  expires_at   INTEGER,
  last_used_at INTEGER
) STRICT;

CREATE INDEX tokens_by_account ON tokens (account_id);

-- Whether a worker may get tasks. Those that were here before may.
ALTER TABLE workers ADD COLUMN is_approved INTEGER NOT NULL DEFAULT 1;

CREATE INDEX workers_to_approve ON workers (id) WHERE is_approved = 0;
