-- The frames that a task makes, as ranges such as 1-5,8-8; null for tasks that make none.
ALTER TABLE tasks ADD COLUMN frames TEXT;
