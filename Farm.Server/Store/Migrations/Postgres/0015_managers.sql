-- The managers that share the database.
CREATE TABLE managers (
  id         BYTEA NOT NULL PRIMARY KEY,         -- UUID, new at each start
  name       TEXT COLLATE "C" NOT NULL,          -- machine and port
  version    TEXT COLLATE "C" NOT NULL,
  started_at BIGINT NOT NULL,
  seen_at    BIGINT NOT NULL,
  beats      BIGINT NOT NULL DEFAULT 1           -- grows as long as the manager lives
);

-- One row: who does what is done once for all managers; NULL for nobody.
CREATE TABLE leadership (
  manager_id BYTEA
);

INSERT INTO leadership (manager_id) VALUES (NULL);

-- Keys and identities that all managers share, such as the key of lasting sessions.
CREATE TABLE farm_keys (
  name  TEXT COLLATE "C" NOT NULL PRIMARY KEY,
  value BYTEA NOT NULL
);

-- Which manager writes the tasks of a job under construction.
ALTER TABLE jobs ADD COLUMN built_by BYTEA;
