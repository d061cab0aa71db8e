-- What an account is on the farm: 3 an artist, 4 an operator, 5 an administrator.
ALTER TABLE accounts ADD COLUMN role INTEGER NOT NULL DEFAULT 3;
UPDATE accounts SET role = 5 WHERE is_administrator = 1;
ALTER TABLE accounts DROP COLUMN is_administrator;

-- Set once an account is removed. Its row stays, so that its id never becomes that of somebody else.
ALTER TABLE accounts ADD COLUMN removed_at INTEGER;

-- Who submitted a job: the account, if there was one, and the address of the machine.
ALTER TABLE jobs ADD COLUMN submitted_by INTEGER;
ALTER TABLE jobs ADD COLUMN submitted_from TEXT NOT NULL DEFAULT '';
