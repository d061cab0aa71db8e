-- Another list of the same job from which "commands" is the difference; NULL if "commands" is whole.
ALTER TABLE command_lists ADD COLUMN base_id INTEGER;
