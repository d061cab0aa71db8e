-- Who did what, from where, through what, and what came of it. Rows are only added; the retention removes the oldest.
CREATE TABLE audit (
  id          INTEGER PRIMARY KEY,
  at          INTEGER NOT NULL,  -- unix milliseconds
  account_id  INTEGER,           -- null without an account: visitors, the administrator's token, workers, the farm itself
  who         TEXT NOT NULL,     -- their name at that time; empty for visitors and the farm itself
  address     TEXT NOT NULL,     -- of their machine; empty for the farm itself
  via         TEXT NOT NULL,     -- the name of a protocol, or 'page', 'command line', 'worker' or 'farm'
  verb        TEXT NOT NULL,     -- such as 'job.pause'
  target_kind TEXT NOT NULL,     -- such as 'job'; empty without a target
  target_id   TEXT NOT NULL,
  target_name TEXT NOT NULL,
  old_value   TEXT,
  new_value   TEXT,
  refusal     TEXT,              -- why it was refused; null if it was done
  times       INTEGER NOT NULL   -- how many equal ones the row stands for
) STRICT;

CREATE INDEX audit_by_time ON audit (at);
CREATE INDEX audit_by_verb ON audit (verb, id);
CREATE INDEX audit_by_who ON audit (who, id);
CREATE INDEX audit_refused ON audit (id) WHERE refusal IS NOT NULL;
