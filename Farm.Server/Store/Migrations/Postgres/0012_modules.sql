-- The schema version of each protocol; its migrations are in its folder below Contracts, numbered from 1.
CREATE TABLE module_schemas (
  module  TEXT COLLATE "C" PRIMARY KEY,  -- the name of the protocol in the settings
  version BIGINT NOT NULL
);

-- The protocol whose rules also apply to the tasks of a job; empty for none.
ALTER TABLE jobs ADD COLUMN kind TEXT COLLATE "C" NOT NULL DEFAULT '';
