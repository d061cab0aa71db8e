-- The frames of a task as ranges, such as 1-5,8-8; null for none.
ALTER TABLE tasks ADD COLUMN frames TEXT COLLATE "C";
