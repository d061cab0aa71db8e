-- Functions that SQL for both engines uses and that only SQLite has.

-- The elements of a JSON array, each as a row; for rows of several columns. The path is '$', the array itself.
CREATE FUNCTION json_each(list TEXT, path TEXT) RETURNS TABLE (value JSONB) LANGUAGE sql IMMUTABLE STRICT ROWS 20
  AS $$ SELECT e FROM jsonb_array_elements(list::jsonb) AS e $$;

-- The bytes that a text of hexadecimal digits stands for.
CREATE FUNCTION unhex(digits TEXT) RETURNS BYTEA LANGUAGE sql IMMUTABLE STRICT
  AS $$ SELECT decode(digits, 'hex') $$;

-- One row, which changes with each check of the farm's health, so that a disk that is full or read-only shows.
CREATE TABLE health (
  checks BIGINT NOT NULL
);

INSERT INTO health (checks) VALUES (0);
