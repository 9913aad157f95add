-- The amount that who examines a demande means to grant, in cents: it stays with the control sheet. 0: what is asked, at most the ceiling.
ALTER TABLE dossier ADD COLUMN envisage BIGINT NOT NULL DEFAULT 0;
