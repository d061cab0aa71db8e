-- Seeds and batches (Contracts/Aspire/Contract.md). A seed is a job that stays open, an entry is a task of it, and a batch is several attempts that were
-- handed out together. A task belongs to a batch for as long as its current attempt does: whatever ends the attempt takes the task out of it.

-- The last id that was minted for a seed, an entry or a batch. They are moments, so they come from here and not from a key of a table.
CREATE TABLE minted_ids (
  id   INTEGER PRIMARY KEY CHECK (id = 1),
  last INTEGER NOT NULL
) STRICT;

INSERT INTO minted_ids (id, last) VALUES (1, 0);

-- Sets of tags. Seeds with the same tags share a route, so that a worker looks at as many routes as there are different sets, however many seeds.
CREATE TABLE routes (
  id   INTEGER PRIMARY KEY,
  tags TEXT NOT NULL UNIQUE  -- a JSON array, sorted
) STRICT;

CREATE TABLE route_tags (
  tag      TEXT NOT NULL,
  route_id INTEGER NOT NULL REFERENCES routes (id),
  PRIMARY KEY (tag, route_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE seeds (
  job_id     INTEGER PRIMARY KEY,
  seed_id    INTEGER NOT NULL UNIQUE,
  entry_type TEXT NOT NULL,
  connector  TEXT NOT NULL,
  batch_size INTEGER NOT NULL
) STRICT;

CREATE INDEX seeds_by_connector ON seeds (connector);

-- What a fetch asks of a seed is repeated on its stage, so that one index finds the seed whose turn it is.
ALTER TABLE stages ADD COLUMN route_id INTEGER;
ALTER TABLE stages ADD COLUMN connector TEXT;
ALTER TABLE stages ADD COLUMN turn INTEGER NOT NULL DEFAULT 0;  -- the last batch that was handed out of it

CREATE INDEX stages_in_turn ON stages (route_id, task_type, job_priority DESC, turn, id)
  WHERE route_id IS NOT NULL AND hands_out = 1 AND unmet = 0 AND ready > 0;
CREATE INDEX stages_in_turn_of_connector ON stages (route_id, task_type, connector, job_priority DESC, turn, id)
  WHERE route_id IS NOT NULL AND hands_out = 1 AND unmet = 0 AND ready > 0;

CREATE TABLE batches (
  id              INTEGER PRIMARY KEY,
  job_id          INTEGER NOT NULL,
  stage_id        INTEGER NOT NULL,
  worker_id       INTEGER NOT NULL,
  state           INTEGER NOT NULL,  -- 0 sent, 1 acknowledged, 2 completed, 3 failed
  sent_at         INTEGER NOT NULL,
  acknowledged_at INTEGER,
  ended_at        INTEGER
) STRICT;

CREATE INDEX batches_by_job ON batches (job_id);
CREATE INDEX batches_sent ON batches (job_id) WHERE state = 0;
CREATE INDEX batches_out ON batches (worker_id) WHERE state IN (0, 1);

ALTER TABLE attempts ADD COLUMN batch_id INTEGER;
CREATE INDEX attempts_of_batch ON attempts (batch_id) WHERE batch_id IS NOT NULL AND outcome = 0;

-- How often the worker failed the task: entries may come to the same worker again.
ALTER TABLE task_failures ADD COLUMN times INTEGER NOT NULL DEFAULT 1;

-- Where a worker is called when a seed is released, for those that said so.
CREATE TABLE worker_urls (
  worker_id INTEGER PRIMARY KEY REFERENCES workers (id) ON DELETE CASCADE,
  url       TEXT NOT NULL
) STRICT;
