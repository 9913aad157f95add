-- By when the agency expects an answer to what it asks for; 0 for a step that expects none.
ALTER TABLE evenement ADD COLUMN echeance BIGINT NOT NULL DEFAULT 0;
