-- Single keys act in the pages of the agency's work, for who wants it.
ALTER TABLE compte ADD COLUMN touches BIGINT NOT NULL DEFAULT 0;
-- What the examiner has found in the text of a document, as JSON; "" where it has not looked, or there is no text.
ALTER TABLE piece ADD COLUMN lu TEXT NOT NULL DEFAULT '';
