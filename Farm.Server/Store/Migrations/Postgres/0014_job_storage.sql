-- Where the files are that were submitted with a job, in the words of the protocol that stores them; NULL for none.
ALTER TABLE jobs RENAME COLUMN shaman_checkout_id TO storage;
