-- When the bytes of an archive or document were let go: its row tells what it was, for ever. 0 while they are kept.
ALTER TABLE archive ADD COLUMN libere BIGINT NOT NULL DEFAULT 0;
ALTER TABLE piece ADD COLUMN libere BIGINT NOT NULL DEFAULT 0;
UPDATE archive SET libere = recu WHERE etat = 'refusee' AND ecartees = 0;
-- What waits to be examined is counted for each supplier.
CREATE INDEX archive_attente ON archive (fournisseur_id) WHERE etat = 'recue';
