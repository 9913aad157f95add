-- A document of an archive that had come before: the place has that very document, out of the archive de.
CREATE TABLE piece_deja (
	archive_id BIGINT NOT NULL REFERENCES archive (id),
	ordre BIGINT NOT NULL,                 -- from 1
	nom TEXT NOT NULL,
	rang BIGINT NOT NULL,
	type TEXT NOT NULL,
	de BIGINT NOT NULL REFERENCES archive (id),
	PRIMARY KEY (archive_id, ordre)
) {{.SansRang}};
ALTER TABLE archive ADD COLUMN deja BIGINT NOT NULL DEFAULT 0; -- how many of its documents had come before
