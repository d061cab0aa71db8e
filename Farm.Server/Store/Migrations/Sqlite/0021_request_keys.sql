-- Keys of requests that were carried out, so that they are not carried out again. The answer is encrypted, as it may tell a secret.
CREATE TABLE request_keys (
  digest      BLOB PRIMARY KEY,
  turn        BLOB NOT NULL,
  made_at     INTEGER NOT NULL,
  made        TEXT NOT NULL,
  fingerprint BLOB,
  answer      BLOB
) STRICT;

CREATE INDEX request_keys_by_time ON request_keys (made_at);

-- The number of a part of a log in its attempt, where the worker numbers them, so that a part that comes twice is kept once.
ALTER TABLE task_logs ADD COLUMN log_part INTEGER;

CREATE UNIQUE INDEX task_logs_by_part ON task_logs (attempt_id, log_part) WHERE log_part IS NOT NULL;
