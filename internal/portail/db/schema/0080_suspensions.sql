-- When the agency's silence on a demande is a decision, where its supplier was asked for something; 0 where the deposit tells it.
ALTER TABLE demande ADD COLUMN echeance BIGINT NOT NULL DEFAULT 0;
CREATE INDEX demande_reportee ON demande (fournisseur_id, etat, echeance, depot_id, rang) WHERE echeance > 0;

-- Deadlines of what was asked for before are computed anew from the history (instruction.Completer), and the lists by rule with them.
DELETE FROM dossier_alerte WHERE EXISTS (SELECT 1 FROM evenement e WHERE e.depot_id = dossier_alerte.depot_id AND e.rang = dossier_alerte.rang AND e.a = 'a_modifier');
UPDATE dossier SET echeance = 0, alertes = '', revu = ''
	WHERE EXISTS (SELECT 1 FROM evenement e WHERE e.depot_id = dossier.depot_id AND e.rang = dossier.rang AND e.a = 'a_modifier');
