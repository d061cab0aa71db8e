-- The managers that share the database.
CREATE TABLE managers (
  id         BYTEA NOT NULL PRIMARY KEY,         -- UUID, new at each start
  name       TEXT COLLATE "C" NOT NULL,          -- machine and port
  version    TEXT COLLATE "C" NOT NULL,
  started_at BIGINT NOT NULL,
  seen_at    BIGINT NOT NULL
);

-- One row: who does what is done once for all managers, and until when.
CREATE TABLE leadership (
  manager_id  BYTEA,            -- NULL if nobody leads
  expires_at  BIGINT NOT NULL,
  alive_since BIGINT NOT NULL   -- since when there was a leader without a gap
);

INSERT INTO leadership (manager_id, expires_at, alive_since) VALUES (NULL, 0, 0);

-- Keys and identities that all managers share, such as the key of lasting sessions.
CREATE TABLE farm_keys (
  name  TEXT COLLATE "C" NOT NULL PRIMARY KEY,
  value BYTEA NOT NULL
);

-- Which manager writes the tasks of a job under construction.
ALTER TABLE jobs ADD COLUMN built_by BYTEA;
