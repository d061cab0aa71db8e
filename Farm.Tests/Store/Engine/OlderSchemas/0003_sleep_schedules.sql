-- When workers sleep, in the local time of the server. Minutes count from midnight; null is the beginning or the end of the day.
-- A bit of days for each day of the week, Sunday is 1; 0 is every day.
CREATE TABLE sleep_schedules (
  worker_id    INTEGER PRIMARY KEY REFERENCES workers (id) ON DELETE CASCADE,
  is_active    INTEGER NOT NULL,
  days         INTEGER NOT NULL,
  start_minute INTEGER,
  end_minute   INTEGER,
  slept        INTEGER NOT NULL  -- what the schedule said when it was last looked at: only a change of that is a boundary
) STRICT;
