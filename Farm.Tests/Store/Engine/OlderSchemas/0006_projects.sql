-- A project is a job that stays open; what only a tracker knows of it is here. Name and priority are those of the job.
CREATE TABLE projects (
  job_id         INTEGER PRIMARY KEY REFERENCES jobs (id) ON DELETE CASCADE,
  name           TEXT NOT NULL UNIQUE,
  clone_url      TEXT NOT NULL,
  git_repo       TEXT NOT NULL,
  version        TEXT NOT NULL,
  motd           TEXT NOT NULL,
  visibility     INTEGER NOT NULL,
  chain          INTEGER REFERENCES projects (job_id) ON DELETE SET NULL,  -- the project that gets a copy of each task that is closed
  is_paused      INTEGER NOT NULL,
  assign_rate    REAL,              -- a second; null is without limit
  submit_rate    REAL,
  secret         TEXT NOT NULL,
  webhook_secret TEXT NOT NULL,
  tasks_closed   INTEGER NOT NULL DEFAULT 0
) STRICT;

CREATE TABLE project_accesses (
  job_id     INTEGER NOT NULL REFERENCES projects (job_id) ON DELETE CASCADE,
  worker_id  INTEGER NOT NULL,
  may_assign INTEGER NOT NULL,
  may_submit INTEGER NOT NULL,
  is_pending INTEGER NOT NULL,
  PRIMARY KEY (job_id, worker_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE project_roles (
  job_id     INTEGER NOT NULL REFERENCES projects (job_id) ON DELETE CASCADE,
  account_id INTEGER NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
  roles      INTEGER NOT NULL,
  PRIMARY KEY (job_id, account_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE project_snapshots (
  job_id    INTEGER NOT NULL REFERENCES projects (job_id) ON DELETE CASCADE,
  taken_at  INTEGER NOT NULL,
  waiting   INTEGER NOT NULL,
  failed    INTEGER NOT NULL,
  closed    INTEGER NOT NULL,
  accesses  INTEGER NOT NULL,
  awaiting  INTEGER NOT NULL,
  PRIMARY KEY (job_id, taken_at)
) STRICT, WITHOUT ROWID;

-- What workers say, and what the farm says about projects and people. Each line has the time that its writer gave it, in seconds.
CREATE TABLE project_log (
  id      INTEGER PRIMARY KEY,
  level   INTEGER NOT NULL,
  time    INTEGER NOT NULL,
  message TEXT NOT NULL,
  data    TEXT NOT NULL
) STRICT;

CREATE INDEX project_log_by_time ON project_log (level, time);

-- What a tracker knows of a worker beside what every worker has; workers of which there is nothing to say have no row.
CREATE TABLE tracker_workers (
  worker_id    INTEGER PRIMARY KEY REFERENCES workers (id) ON DELETE CASCADE,
  tasks_closed INTEGER NOT NULL DEFAULT 0
) STRICT;

-- Finds the few failed tasks of a project among millions of others.
CREATE INDEX tasks_failed ON tasks (job_id, number) WHERE status = 6;
