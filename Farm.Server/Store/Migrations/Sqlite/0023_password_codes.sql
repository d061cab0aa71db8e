-- Codes with which people set a password: a new one, or the first of an account that an administrator made for them. Only the SHA-256 of a code is
-- stored. An account whose code is an invitation has no password that anybody knows.
CREATE TABLE password_codes (
  account_id    INTEGER PRIMARY KEY REFERENCES accounts (id),
  code_hash     BLOB NOT NULL UNIQUE,
  is_invitation INTEGER NOT NULL,
  expires_at    INTEGER NOT NULL
) STRICT;

-- From where somebody signed in; empty for sessions that are older than this.
ALTER TABLE sessions ADD COLUMN address TEXT NOT NULL DEFAULT '';
-- When a session was last used, to the minute.
ALTER TABLE sessions ADD COLUMN seen_at INTEGER;
