-- How far the tables of each protocol are: its own steps are in its folder below Contracts and are counted from 1.
CREATE TABLE module_schemas (
  module  TEXT PRIMARY KEY,  -- the protocol by its name in the settings
  version INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- Their first steps were steps 6, 7, 8 and 10 of this folder once; a database that was made then has what they make.
INSERT INTO module_schemas (module, version)
SELECT 'task_tracker', 1 + (SELECT count(*) FROM sqlite_schema WHERE type = 'table' AND name = 'recipes')
WHERE EXISTS (SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = 'projects');

INSERT INTO module_schemas (module, version)
SELECT 'aspire', 1 WHERE EXISTS (SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = 'seeds');

INSERT INTO module_schemas (module, version)
SELECT 'flowserv', 1 WHERE EXISTS (SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = 'workflows');

-- The protocol whose rules apply to the tasks of a job beside the farm's own; empty for none.
ALTER TABLE jobs ADD COLUMN kind TEXT NOT NULL DEFAULT '';
UPDATE jobs SET kind = type WHERE stays_open = 1 AND type IN ('task_tracker', 'aspire');
UPDATE jobs SET kind = 'flowserv' WHERE type = 'flowserv-run';
