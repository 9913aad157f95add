-- By when the supplier is to answer what the agency asks of it, 0 for nothing; when the counter looks at that next, to remind it or because
-- the time has passed; and when that time has passed without an answer, until the next step.
ALTER TABLE dossier ADD COLUMN reponse BIGINT NOT NULL DEFAULT 0;
ALTER TABLE dossier ADD COLUMN relance BIGINT NOT NULL DEFAULT 0;
ALTER TABLE dossier ADD COLUMN sans_reponse BIGINT NOT NULL DEFAULT 0;
CREATE INDEX dossier_relance ON dossier (relance, depot_id, rang) WHERE relance > 0;
CREATE INDEX dossier_sans_reponse ON dossier (echeance, depot_id, rang) WHERE sans_reponse > 0;

UPDATE dossier SET reponse = COALESCE((SELECT e.echeance FROM evenement e WHERE e.depot_id = dossier.depot_id AND e.rang = dossier.rang ORDER BY e.ordre DESC LIMIT 1), 0)
	WHERE etat = 'a_modifier';
UPDATE dossier SET relance = 1 WHERE etat = 'a_modifier' AND reponse > 0;
