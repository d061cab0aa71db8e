-- Workflows, the groups of people that run them, and their runs (Contracts/FlowServ/Contract.md sections 4 and 7). Keys are the ids that clients see.
CREATE TABLE workflows (
  id           INTEGER PRIMARY KEY,
  key          TEXT NOT NULL UNIQUE,
  name         TEXT NOT NULL UNIQUE,
  description  TEXT,
  instructions TEXT,
  template     TEXT NOT NULL,  -- JSON
  created_at   INTEGER NOT NULL
) STRICT;

-- Files that are in the folder of every run of a workflow.
CREATE TABLE workflow_files (
  workflow_id INTEGER NOT NULL REFERENCES workflows (id),
  path        TEXT NOT NULL,
  size        INTEGER NOT NULL,
  sha256      TEXT NOT NULL REFERENCES stored_files (sha256),
  PRIMARY KEY (workflow_id, path)
) STRICT, WITHOUT ROWID;

CREATE INDEX workflow_files_by_content ON workflow_files (sha256);

CREATE TRIGGER workflow_files_use AFTER INSERT ON workflow_files BEGIN
  UPDATE stored_files SET users = users + 1 WHERE sha256 = NEW.sha256;
END;

CREATE TRIGGER workflow_files_release AFTER DELETE ON workflow_files BEGIN
  UPDATE stored_files SET users = users - 1 WHERE sha256 = OLD.sha256;
END;

CREATE TABLE workflow_groups (
  id          INTEGER PRIMARY KEY,
  key         TEXT NOT NULL UNIQUE,
  workflow_id INTEGER NOT NULL REFERENCES workflows (id),
  name        TEXT NOT NULL,
  config      TEXT,            -- JSON
  parameters  TEXT,            -- JSON: declarations in place of those of the template
  created_at  INTEGER NOT NULL,
  UNIQUE (workflow_id, name)
) STRICT;

CREATE TABLE group_members (
  id         INTEGER PRIMARY KEY,
  group_id   INTEGER NOT NULL REFERENCES workflow_groups (id),
  account_id INTEGER NOT NULL REFERENCES accounts (id),
  UNIQUE (group_id, account_id)
) STRICT;

CREATE INDEX group_members_by_account ON group_members (account_id);

CREATE TABLE group_uploads (
  id         INTEGER PRIMARY KEY,
  uuid       BLOB NOT NULL UNIQUE,
  group_id   INTEGER NOT NULL REFERENCES workflow_groups (id),
  name       TEXT NOT NULL,
  size       INTEGER NOT NULL,
  sha256     TEXT NOT NULL REFERENCES stored_files (sha256),
  created_at INTEGER NOT NULL
) STRICT;

CREATE INDEX group_uploads_by_group ON group_uploads (group_id);
CREATE INDEX group_uploads_by_content ON group_uploads (sha256);

CREATE TRIGGER group_uploads_use AFTER INSERT ON group_uploads BEGIN
  UPDATE stored_files SET users = users + 1 WHERE sha256 = NEW.sha256;
END;

CREATE TRIGGER group_uploads_release AFTER DELETE ON group_uploads BEGIN
  UPDATE stored_files SET users = users - 1 WHERE sha256 = OLD.sha256;
END;

-- A run is one job. Its state is written once, when it is over; until then it follows from the job.
CREATE TABLE runs (
  id          INTEGER PRIMARY KEY,
  uuid        BLOB NOT NULL UNIQUE,    -- that of its job
  job_id      INTEGER NOT NULL UNIQUE,
  group_id    INTEGER NOT NULL REFERENCES workflow_groups (id),
  state       INTEGER NOT NULL DEFAULT 0,
  arguments   TEXT NOT NULL,           -- JSON, as they were sent
  outputs     TEXT NOT NULL,           -- JSON: the paths that it must leave
  steps       INTEGER NOT NULL,
  reason      TEXT,                    -- why someone canceled it
  messages    TEXT,                    -- JSON
  results     TEXT,                    -- JSON: what it is ranked by, or null; absent until someone asks
  created_at  INTEGER NOT NULL,
  started_at  INTEGER,
  finished_at INTEGER
) STRICT;

CREATE INDEX runs_by_group ON runs (group_id, id);

CREATE TABLE password_requests (
  uuid       BLOB PRIMARY KEY,
  account_id INTEGER NOT NULL REFERENCES accounts (id),
  created_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
