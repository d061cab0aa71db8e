-- Stored files, each content once, by SHA-256 (64 hex digits). A row is written after its file and removed before it, so that a crash can
-- leave a file without a row, but never a row without a file.
-- users counts the references from all tables. Each such table maintains it by triggers like those below and has a foreign key to this one,
-- so that a file in use cannot be removed even if the count is wrong.
CREATE TABLE stored_files (
  sha256    TEXT PRIMARY KEY,
  size      INTEGER NOT NULL,
  users     INTEGER NOT NULL DEFAULT 0,
  stored_at INTEGER NOT NULL  -- when it was last sent
) STRICT, WITHOUT ROWID;

CREATE INDEX stored_files_unused ON stored_files (stored_at) WHERE users = 0;

-- Task output. Files belong to the attempt that sent them and become visible when it completes the task.
CREATE TABLE artifacts (
  id         INTEGER PRIMARY KEY,
  uuid       BLOB NOT NULL UNIQUE,
  job_id     INTEGER NOT NULL,
  task_id    INTEGER NOT NULL,
  attempt_id INTEGER NOT NULL,
  position   INTEGER NOT NULL,  -- index among the files of the attempt, from 0
  path       TEXT NOT NULL,
  size       INTEGER NOT NULL,
  sha256     TEXT NOT NULL REFERENCES stored_files (sha256),
  media_type TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  UNIQUE (attempt_id, path)
) STRICT;

CREATE INDEX artifacts_by_job ON artifacts (job_id, task_id, position);
CREATE INDEX artifacts_by_task ON artifacts (task_id);
CREATE INDEX artifacts_by_content ON artifacts (sha256);

-- Number and total size of the files of a job, visible or not; limits apply to these.
ALTER TABLE jobs ADD COLUMN artifact_files INTEGER NOT NULL DEFAULT 0;
ALTER TABLE jobs ADD COLUMN artifact_bytes INTEGER NOT NULL DEFAULT 0;

CREATE TRIGGER artifacts_use AFTER INSERT ON artifacts BEGIN
  UPDATE jobs SET artifact_files = artifact_files + 1, artifact_bytes = artifact_bytes + NEW.size WHERE id = NEW.job_id;
  UPDATE stored_files SET users = users + 1 WHERE sha256 = NEW.sha256;
END;

CREATE TRIGGER artifacts_release AFTER DELETE ON artifacts BEGIN
  UPDATE jobs SET artifact_files = artifact_files - 1, artifact_bytes = artifact_bytes - OLD.size WHERE id = OLD.job_id;
  UPDATE stored_files SET users = users - 1 WHERE sha256 = OLD.sha256;
END;

-- Stored files that the tasks of a job need, kept as long as the job.
CREATE TABLE job_inputs (
  job_id INTEGER NOT NULL,
  sha256 TEXT NOT NULL REFERENCES stored_files (sha256),
  PRIMARY KEY (job_id, sha256)
) STRICT, WITHOUT ROWID;

CREATE INDEX job_inputs_by_content ON job_inputs (sha256);

CREATE TRIGGER job_inputs_use AFTER INSERT ON job_inputs BEGIN
  UPDATE stored_files SET users = users + 1 WHERE sha256 = NEW.sha256;
END;

CREATE TRIGGER job_inputs_release AFTER DELETE ON job_inputs BEGIN
  UPDATE stored_files SET users = users - 1 WHERE sha256 = OLD.sha256;
END;

-- Messages of a worker, shown with a failed attempt: a JSON array of strings.
CREATE TABLE task_messages (
  attempt_id INTEGER PRIMARY KEY,
  task_id    INTEGER NOT NULL,
  messages   TEXT NOT NULL
) STRICT;

CREATE INDEX task_messages_by_task ON task_messages (task_id);

-- Whether a reported failure is final, so that no other worker tries the task.
ALTER TABLE stages ADD COLUMN failure_is_final INTEGER NOT NULL DEFAULT 0;
