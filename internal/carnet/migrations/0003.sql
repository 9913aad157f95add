-- A file that is no longer to be deposited, and the lot that set it aside.
ALTER TABLE fichier ADD COLUMN ecarte_par INTEGER REFERENCES lot;
CREATE INDEX fichier_ecarte ON fichier (ecarte_par) WHERE ecarte_par IS NOT NULL;

-- Where a demande comes from, and a digest of its values there, to know it again.
ALTER TABLE demande ADD COLUMN source TEXT NOT NULL DEFAULT '';    -- the table, relative to the ledger when it is below it
ALTER TABLE demande ADD COLUMN feuille TEXT NOT NULL DEFAULT '';   -- of a workbook
ALTER TABLE demande ADD COLUMN empreinte TEXT NOT NULL DEFAULT '';
CREATE INDEX demande_source ON demande (source) WHERE source <> '';
