-- Of which models and settings the letters were made when a batch that decides was prepared: it is confirmed as it was read, or not. '' for others.
ALTER TABLE lot ADD COLUMN lettres TEXT NOT NULL DEFAULT '';
