-- Workers of protocols that name them instead of having them register.
CREATE INDEX workers_by_name ON workers (name) WHERE deleted_at IS NULL;
