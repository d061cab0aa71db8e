-- Recipes: tasks of projects. What their submitters asked for beside what every task has.
CREATE TABLE recipes (
  task_id            BIGINT PRIMARY KEY,
  max_retries        BIGINT NOT NULL,
  retries            BIGINT NOT NULL DEFAULT 0,
  max_assign_time    BIGINT NOT NULL,           -- seconds; 0: as long as the settings say
  verification_count BIGINT NOT NULL,
  hash               BIGINT                     -- unique among the tasks of the project that are present; null: no matter
);

-- The task that took a hash last. It holds it as long as it is neither completed nor canceled; then the next one may take it.
CREATE TABLE recipe_hashes (
  job_id  BIGINT NOT NULL,
  hash    BIGINT NOT NULL,
  task_id BIGINT NOT NULL,
  PRIMARY KEY (job_id, hash)
);

-- What workers found out about tasks that are present and want to be verified by several.
CREATE TABLE recipe_votes (
  task_id      BIGINT NOT NULL,
  worker_id    BIGINT NOT NULL,
  verification BIGINT NOT NULL,
  PRIMARY KEY (task_id, worker_id)
);
