-- Codes with which people set a password: a new one, or the first of an account that an administrator made for them. Only the SHA-256 of a code is
-- stored. An account whose code is an invitation has no password that anybody knows.
CREATE TABLE password_codes (
  account_id    BIGINT PRIMARY KEY REFERENCES accounts (id),
  code_hash     BYTEA NOT NULL UNIQUE,
  is_invitation BIGINT NOT NULL,
  expires_at    BIGINT NOT NULL
);

-- From where somebody signed in; empty for sessions that are older than this.
ALTER TABLE sessions ADD COLUMN address TEXT COLLATE "C" NOT NULL DEFAULT '';
-- When a session was last used, to the minute.
ALTER TABLE sessions ADD COLUMN seen_at BIGINT;
