-- When workers sleep, in the server's local time. Minutes count from midnight; null is the start or the end of the day.
-- days is a bit mask of weekdays, with Sunday as 1; 0 means every day.
CREATE TABLE sleep_schedules (
  worker_id    BIGINT PRIMARY KEY REFERENCES workers (id) ON DELETE CASCADE,
  is_active    BIGINT NOT NULL,
  days         BIGINT NOT NULL,
  start_minute BIGINT,
  end_minute   BIGINT,
  slept        BIGINT NOT NULL  -- the result of the last check; the schedule is applied when it changes
);
