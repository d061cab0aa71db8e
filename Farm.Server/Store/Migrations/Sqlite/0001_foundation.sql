-- Times are unix milliseconds; ids that clients see are UUIDs (version 7), stored as 16 bytes, big-endian.
-- Status numbers are those of the enums in Domain: task 0 queued, 1 soft-failed, 3 active.

CREATE TABLE tags (
  id          INTEGER PRIMARY KEY,
  uuid        BLOB NOT NULL UNIQUE,
  name        TEXT NOT NULL UNIQUE,
  description TEXT NOT NULL DEFAULT ''
) STRICT;

CREATE TABLE workers (
  id                  INTEGER PRIMARY KEY,
  uuid                BLOB NOT NULL UNIQUE,
  name                TEXT NOT NULL,
  secret_hash         TEXT NOT NULL,
  platform            TEXT NOT NULL,
  address             TEXT NOT NULL,
  software            TEXT NOT NULL DEFAULT '',
  status              INTEGER NOT NULL,
  requested_status    INTEGER,
  request_is_lazy     INTEGER NOT NULL DEFAULT 0,
  can_restart         INTEGER NOT NULL DEFAULT 0,
  timed_out_from      INTEGER,
  created_at          INTEGER NOT NULL,
  updated_at          INTEGER NOT NULL,
  last_seen_at        INTEGER,
  deleted_at          INTEGER
) STRICT;

CREATE TABLE worker_task_types (
  worker_id INTEGER NOT NULL REFERENCES workers (id) ON DELETE CASCADE,
  task_type TEXT NOT NULL,
  PRIMARY KEY (worker_id, task_type)
) STRICT, WITHOUT ROWID;

CREATE TABLE worker_tags (
  worker_id INTEGER NOT NULL REFERENCES workers (id) ON DELETE CASCADE,
  tag_id    INTEGER NOT NULL REFERENCES tags (id) ON DELETE CASCADE,
  PRIMARY KEY (worker_id, tag_id)
) STRICT, WITHOUT ROWID;

CREATE INDEX worker_tags_by_tag ON worker_tags (tag_id);

CREATE TABLE jobs (
  id                  INTEGER PRIMARY KEY,
  uuid                BLOB NOT NULL UNIQUE,
  name                TEXT NOT NULL,
  type                TEXT NOT NULL,
  status              INTEGER NOT NULL,
  status_after_build  INTEGER NOT NULL,
  priority            INTEGER NOT NULL,
  activity            TEXT NOT NULL DEFAULT '',
  submitter_platform  TEXT NOT NULL DEFAULT '',
  settings            TEXT NOT NULL DEFAULT '{}',
  metadata            TEXT NOT NULL DEFAULT '{}',
  shaman_checkout_id  TEXT,
  worker_tag_id       INTEGER,
  created_at          INTEGER NOT NULL,
  updated_at          INTEGER NOT NULL,
  last_rendered_at    INTEGER,
  delete_requested_at INTEGER,
  -- the bulk update in progress, and the task index at which it continues
  mass_change         INTEGER,
  mass_change_next    INTEGER NOT NULL DEFAULT 0,
  steps_completed     INTEGER NOT NULL DEFAULT 0,
  steps_total         INTEGER NOT NULL DEFAULT 0,
  tasks_queued        INTEGER NOT NULL DEFAULT 0,
  tasks_soft_failed   INTEGER NOT NULL DEFAULT 0,
  tasks_pended        INTEGER NOT NULL DEFAULT 0,
  tasks_active        INTEGER NOT NULL DEFAULT 0,
  tasks_paused        INTEGER NOT NULL DEFAULT 0,
  tasks_completed     INTEGER NOT NULL DEFAULT 0,
  tasks_failed        INTEGER NOT NULL DEFAULT 0,
  tasks_canceled      INTEGER NOT NULL DEFAULT 0
) STRICT;

CREATE INDEX jobs_last_rendered ON jobs (last_rendered_at) WHERE last_rendered_at IS NOT NULL;
CREATE INDEX jobs_open ON jobs (status) WHERE status IN (1, 2);
CREATE INDEX jobs_in_mass_change ON jobs (id) WHERE mass_change IS NOT NULL;

-- The tasks of a job that are alike for the scheduler: same type, same priority, same dependencies.
-- The job columns that the scheduler needs are copied here, so that one index is enough.
CREATE TABLE stages (
  id             INTEGER PRIMARY KEY,
  job_id         INTEGER NOT NULL REFERENCES jobs (id),
  number         INTEGER NOT NULL,
  name           TEXT NOT NULL,
  task_type      TEXT NOT NULL,
  priority       INTEGER NOT NULL,
  job_priority   INTEGER NOT NULL,
  worker_tag_id  INTEGER NOT NULL DEFAULT 0,  -- 0: any worker
  hands_out      INTEGER NOT NULL DEFAULT 0,  -- the job is queued or active
  unmet          INTEGER NOT NULL DEFAULT 0,  -- stages it depends on that are not complete
  ready          INTEGER NOT NULL DEFAULT 0,  -- tasks queued or soft-failed
  incomplete     INTEGER NOT NULL DEFAULT 0,  -- tasks not completed
  UNIQUE (job_id, number)
) STRICT;

CREATE INDEX stages_ready ON stages (task_type, worker_tag_id, job_priority DESC, priority DESC, job_id, number)
  WHERE hands_out = 1 AND unmet = 0 AND ready > 0;

CREATE TABLE stage_dependencies (
  stage_id    INTEGER NOT NULL REFERENCES stages (id) ON DELETE CASCADE,
  on_stage_id INTEGER NOT NULL REFERENCES stages (id) ON DELETE CASCADE,
  PRIMARY KEY (on_stage_id, stage_id)
) STRICT, WITHOUT ROWID;

CREATE INDEX stage_dependencies_by_stage ON stage_dependencies (stage_id);

-- Lists of commands, shared by tasks of a job with equal commands.
CREATE TABLE command_lists (
  id       INTEGER PRIMARY KEY,
  job_id   INTEGER NOT NULL,
  commands TEXT NOT NULL
) STRICT;

CREATE INDEX command_lists_by_job ON command_lists (job_id);

CREATE TABLE tasks (
  id              INTEGER PRIMARY KEY,
  uuid            BLOB NOT NULL UNIQUE,
  job_id          INTEGER NOT NULL,
  stage_id        INTEGER NOT NULL,
  number          INTEGER NOT NULL,  -- index in the job, from 0
  name            TEXT NOT NULL,
  status          INTEGER NOT NULL,
  activity        TEXT NOT NULL DEFAULT '',
  steps_completed INTEGER NOT NULL DEFAULT 0,
  steps_total     INTEGER NOT NULL,
  command_list_id INTEGER NOT NULL,
  attempt_id      INTEGER,           -- the attempt that holds it
  worker_id       INTEGER,           -- the worker that holds it or held it last
  errors          INTEGER NOT NULL DEFAULT 0,
  timeouts        INTEGER NOT NULL DEFAULT 0,
  updated_at      INTEGER NOT NULL,
  touched_at      INTEGER,
  started_at      INTEGER,
  completed_at    INTEGER
) STRICT;

CREATE UNIQUE INDEX tasks_by_job ON tasks (job_id, number);
CREATE INDEX tasks_ready ON tasks (stage_id, number) WHERE status IN (0, 1);
CREATE INDEX tasks_active ON tasks (worker_id) WHERE status = 3;

CREATE TABLE attempts (
  id         INTEGER PRIMARY KEY,
  task_id    INTEGER NOT NULL,
  worker_id  INTEGER NOT NULL,
  started_at INTEGER NOT NULL,
  ended_at   INTEGER,
  outcome    INTEGER NOT NULL DEFAULT 0,
  returns    INTEGER NOT NULL DEFAULT 0,  -- how often the worker signed on again while it held the task
  report     BLOB                         -- digest of the report that ended it
) STRICT;

CREATE INDEX attempts_by_task ON attempts (task_id);
CREATE INDEX attempts_by_worker ON attempts (worker_id);

CREATE TABLE task_failures (
  task_id   INTEGER NOT NULL,
  worker_id INTEGER NOT NULL,
  job_id    INTEGER NOT NULL,
  task_type TEXT NOT NULL,
  PRIMARY KEY (task_id, worker_id)
) STRICT, WITHOUT ROWID;

CREATE INDEX task_failures_by_job ON task_failures (job_id, worker_id, task_type);

CREATE TABLE blocklist (
  job_id     INTEGER NOT NULL,
  worker_id  INTEGER NOT NULL,
  task_type  TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  PRIMARY KEY (job_id, worker_id, task_type)
) STRICT, WITHOUT ROWID;

CREATE TABLE task_logs (
  id         INTEGER PRIMARY KEY,
  task_id    INTEGER NOT NULL,
  attempt_id INTEGER,
  text       TEXT NOT NULL
) STRICT;

CREATE INDEX task_logs_by_task ON task_logs (task_id);
