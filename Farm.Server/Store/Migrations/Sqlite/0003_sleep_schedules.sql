-- When workers sleep, in the server's local time. Minutes count from midnight; null is the start or the end of the day.
-- days is a bit mask of weekdays, with Sunday as 1; 0 means every day.
CREATE TABLE sleep_schedules (
  worker_id    INTEGER PRIMARY KEY REFERENCES workers (id) ON DELETE CASCADE,
  is_active    INTEGER NOT NULL,
  days         INTEGER NOT NULL,
  start_minute INTEGER,
  end_minute   INTEGER,
  slept        INTEGER NOT NULL  -- the result of the last check; the schedule is applied when it changes
) STRICT;
