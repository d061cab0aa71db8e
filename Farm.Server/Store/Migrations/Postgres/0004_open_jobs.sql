-- Jobs that stay open: tasks can be added at any time, and tasks never end the job.

ALTER TABLE jobs ADD COLUMN stays_open BIGINT NOT NULL DEFAULT 0;
ALTER TABLE stages ADD COLUMN stays_open BIGINT NOT NULL DEFAULT 0;

-- Finds the stage of a new task, and the ready stages of an open job.
CREATE INDEX stages_open ON stages (job_id, task_type, priority) WHERE stays_open = 1;
CREATE INDEX stages_open_ready ON stages (job_id, task_type, priority DESC, number)
  WHERE stays_open = 1 AND hands_out = 1 AND unmet = 0 AND ready > 0;

-- The name of the worker's protocol in the settings.
ALTER TABLE workers ADD COLUMN contract TEXT COLLATE "C" NOT NULL DEFAULT 'flamenco';
