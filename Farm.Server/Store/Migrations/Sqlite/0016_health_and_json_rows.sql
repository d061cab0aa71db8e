-- The functions that this migration adds to PostgreSQL are part of SQLite.

-- One row, which changes with each check of the farm's health, so that a disk that is full or read-only shows.
CREATE TABLE health (
  checks INTEGER NOT NULL
) STRICT;

INSERT INTO health (checks) VALUES (0);
