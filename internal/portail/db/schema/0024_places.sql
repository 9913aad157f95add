-- A document that was sent for one place, whatever its name: that place, rang -1 for what finds its places by names;
-- entree is which document of the archive was meant, '' for the file itself.
ALTER TABLE archive ADD COLUMN rang BIGINT NOT NULL DEFAULT -1;
ALTER TABLE archive ADD COLUMN type TEXT NOT NULL DEFAULT '';
ALTER TABLE archive ADD COLUMN entree TEXT NOT NULL DEFAULT '';
