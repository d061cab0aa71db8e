-- What kind of job it is, for the protocol that added the kind; empty for jobs that are nothing but jobs.
ALTER TABLE jobs ADD COLUMN kind TEXT NOT NULL DEFAULT '';
UPDATE jobs SET kind = type WHERE stays_open = 1 AND type IN ('task_tracker', 'aspire');
UPDATE jobs SET kind = 'flowserv' WHERE type = 'flowserv-run';
