-- For protocols whose workers are identified by name and do not register.
CREATE INDEX workers_by_name ON workers (name) WHERE deleted_at IS NULL;
