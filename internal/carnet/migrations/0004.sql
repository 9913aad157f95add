-- Tables are few and demandes many: what there is to say of a table stands once. No index leads from a table to its
-- demandes, each of which would be one more line of it: who asks for them walks through all, as opening does anyway.
CREATE TABLE tableau (
  id      INTEGER PRIMARY KEY,
  source  TEXT    NOT NULL, -- relative to the ledger when it is below it
  feuille TEXT    NOT NULL, -- of a workbook
  UNIQUE (source, feuille)
);
INSERT INTO tableau (source, feuille) SELECT DISTINCT source, feuille FROM demande WHERE source <> '';
DROP INDEX demande_source;
ALTER TABLE demande ADD COLUMN tableau INTEGER; -- NULL for none; no REFERENCES, which would be looked up for each demande
UPDATE demande SET tableau = (SELECT id FROM tableau t WHERE t.source = demande.source AND t.feuille = demande.feuille);
ALTER TABLE demande DROP COLUMN source;
ALTER TABLE demande DROP COLUMN feuille;
