-- A change of many tasks writes the same line into all their logs. The line is stored once, in task_logs with task 0, and these are its tasks.
CREATE TABLE task_log_ranges (
  job_id       BIGINT NOT NULL,
  first_number BIGINT NOT NULL,  -- a range of at most 1024 task indexes
  last_number  BIGINT NOT NULL,
  log_id       BIGINT NOT NULL,
  PRIMARY KEY (job_id, first_number, log_id)
);

-- The log of a task, ordered by id: its own lines and those that it shares.
CREATE VIEW task_log_lines (task_id, id, text) AS
SELECT task_id, id, text FROM task_logs
UNION ALL
SELECT t.id, l.id, l.text
FROM tasks t
JOIN task_log_ranges r ON r.job_id = t.job_id AND r.first_number BETWEEN t.number - 1023 AND t.number AND r.last_number >= t.number
JOIN task_logs l ON l.id = r.log_id;
