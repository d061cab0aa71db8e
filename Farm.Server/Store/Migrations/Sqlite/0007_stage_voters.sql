-- Tasks on which different workers voted are not alike for the scheduler, so they are in different stages: the ids of the voters in
-- ascending order, with commas. So the first task that a worker may have is found without walking over those on which it voted.
ALTER TABLE stages ADD COLUMN voters TEXT NOT NULL DEFAULT '';
DROP INDEX stages_open;
CREATE INDEX stages_open ON stages (job_id, task_type, priority, voters) WHERE stays_open = 1;
