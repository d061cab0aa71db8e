-- Another list of the same job from which "commands" is the difference; NULL if "commands" is whole.
ALTER TABLE command_lists ADD COLUMN base_id INTEGER;

-- Long texts of jobs, in parts, so that no transaction writes much at once, and a change of the row that has the text does not copy it.
-- The text is empty in the row itself.
CREATE TABLE text_parts (
  id       INTEGER PRIMARY KEY,
  job_id   INTEGER NOT NULL,
  owner    INTEGER NOT NULL,  -- 0 jobs.settings, 1 jobs.metadata, 2 job_sources.source, 3 stages.shared_parameters, 4 command_lists.commands
  owner_id INTEGER NOT NULL,  -- the id of that row
  number   INTEGER NOT NULL,
  text     TEXT NOT NULL
) STRICT;

CREATE UNIQUE INDEX text_parts_by_owner ON text_parts (owner, owner_id, number);
CREATE INDEX text_parts_by_job ON text_parts (job_id);
