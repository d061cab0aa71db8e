-- How many tasks of a project may come and go: a token bucket each. Times are in ticks of 100 ns.
CREATE TABLE project_rates (
  job_id    INTEGER NOT NULL REFERENCES projects (job_id) ON DELETE CASCADE,
  is_submit INTEGER NOT NULL,
  rate      REAL NOT NULL,
  taken_at  INTEGER NOT NULL,
  empty     INTEGER NOT NULL,  -- from then until the next token
  PRIMARY KEY (job_id, is_submit)
) STRICT, WITHOUT ROWID;
