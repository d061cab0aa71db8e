-- Tasks with votes of different workers are in different stages, so that the scheduler finds the first task for a worker without scanning
-- those on which it voted. The ids of the voters are in ascending order, separated by commas.
ALTER TABLE stages ADD COLUMN voters TEXT COLLATE "C" NOT NULL DEFAULT '';
DROP INDEX stages_open;
CREATE INDEX stages_open ON stages (job_id, task_type, priority, voters) WHERE stays_open = 1;
