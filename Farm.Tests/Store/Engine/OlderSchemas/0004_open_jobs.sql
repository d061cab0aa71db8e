-- Jobs that stay open: tasks are added to them as long as they live, and no task ends them.

ALTER TABLE jobs ADD COLUMN stays_open INTEGER NOT NULL DEFAULT 0;
ALTER TABLE stages ADD COLUMN stays_open INTEGER NOT NULL DEFAULT 0;

-- Where a new task of an open job belongs, and what such a job has to hand out by itself.
CREATE INDEX stages_open ON stages (job_id, task_type, priority) WHERE stays_open = 1;
CREATE INDEX stages_open_ready ON stages (job_id, task_type, priority DESC, number)
  WHERE stays_open = 1 AND hands_out = 1 AND unmet = 0 AND ready > 0;

-- The protocol that a worker speaks, by its name in the settings.
ALTER TABLE workers ADD COLUMN contract TEXT NOT NULL DEFAULT 'flamenco';
