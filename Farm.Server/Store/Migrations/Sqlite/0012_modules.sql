-- The schema version of each protocol; its migrations are in its folder below Contracts, numbered from 1.
CREATE TABLE module_schemas (
  module  TEXT PRIMARY KEY,  -- the name of the protocol in the settings
  version INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- The first protocol migrations used to be 6, 7, 8 and 10 in this folder; older databases already have their tables.
INSERT INTO module_schemas (module, version)
SELECT 'task_tracker', 1 + (SELECT count(*) FROM sqlite_schema WHERE type = 'table' AND name = 'recipes')
WHERE EXISTS (SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = 'projects');

INSERT INTO module_schemas (module, version)
SELECT 'aspire', 1 WHERE EXISTS (SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = 'seeds');

INSERT INTO module_schemas (module, version)
SELECT 'flowserv', 1 WHERE EXISTS (SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = 'workflows');

-- The protocol whose rules also apply to the tasks of a job; empty for none.
ALTER TABLE jobs ADD COLUMN kind TEXT NOT NULL DEFAULT '';
UPDATE jobs SET kind = type WHERE stays_open = 1 AND type IN ('task_tracker', 'aspire');
UPDATE jobs SET kind = 'flowserv' WHERE type = 'flowserv-run';
