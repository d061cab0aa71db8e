-- The managers that share the database. SQLite has one, which needs no row.
CREATE TABLE managers (
  id         BLOB NOT NULL PRIMARY KEY,  -- UUID, new at each start
  name       TEXT NOT NULL,              -- machine and port
  version    TEXT NOT NULL,
  started_at INTEGER NOT NULL,
  seen_at    INTEGER NOT NULL,
  beats      INTEGER NOT NULL DEFAULT 1  -- grows as long as the manager lives
) STRICT, WITHOUT ROWID;

-- One row: who does what is done once for all managers; NULL for nobody.
CREATE TABLE leadership (
  manager_id BLOB
) STRICT;

INSERT INTO leadership (manager_id) VALUES (NULL);

-- Keys and identities that all managers share, such as the key of lasting sessions.
CREATE TABLE farm_keys (
  name  TEXT NOT NULL PRIMARY KEY,
  value BLOB NOT NULL
) STRICT, WITHOUT ROWID;

-- Which manager writes the tasks of a job under construction.
ALTER TABLE jobs ADD COLUMN built_by BLOB;
