-- Recipes: tasks of projects. What their submitters asked for beside what every task has.
CREATE TABLE recipes (
  task_id            INTEGER PRIMARY KEY,
  max_retries        INTEGER NOT NULL,
  retries            INTEGER NOT NULL DEFAULT 0,
  max_assign_time    INTEGER NOT NULL,           -- seconds; 0: as long as the settings say
  verification_count INTEGER NOT NULL,
  hash               INTEGER                     -- unique among the tasks of the project that are present; null: no matter
) STRICT;

-- The task that took a hash last. It holds it as long as it is neither completed nor canceled; then the next one may take it.
CREATE TABLE recipe_hashes (
  job_id  INTEGER NOT NULL,
  hash    INTEGER NOT NULL,
  task_id INTEGER NOT NULL,
  PRIMARY KEY (job_id, hash)
) STRICT, WITHOUT ROWID;

-- What workers found out about tasks that are present and want to be verified by several.
CREATE TABLE recipe_votes (
  task_id      INTEGER NOT NULL,
  worker_id    INTEGER NOT NULL,
  verification INTEGER NOT NULL,
  PRIMARY KEY (task_id, worker_id)
) STRICT, WITHOUT ROWID;

-- Tasks on which different workers voted are not alike for the scheduler, so they are in different stages: the ids of the voters in
-- ascending order, with commas. So the first task that a worker may have is found without walking over those on which it voted.
ALTER TABLE stages ADD COLUMN voters TEXT NOT NULL DEFAULT '';
DROP INDEX stages_open;
CREATE INDEX stages_open ON stages (job_id, task_type, priority, voters) WHERE stays_open = 1;
