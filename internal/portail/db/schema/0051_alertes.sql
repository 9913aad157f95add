-- The remarks on a demande against the registers of the moment, by rule: "A509:1 A511:2"; and what names the registers they were made
-- with, "" where none were made yet. Demandes that the agency has nothing to do with any more keep their last ones.
ALTER TABLE dossier ADD COLUMN alertes TEXT NOT NULL DEFAULT '';
ALTER TABLE dossier ADD COLUMN revu TEXT NOT NULL DEFAULT '';
CREATE INDEX dossier_revu ON dossier (revu, depot_id, rang) WHERE etat IN ('complete', 'instruction', 'a_modifier', 'a_valider');
CREATE INDEX dossier_alertes ON dossier (echeance, depot_id, rang) WHERE alertes <> '' AND etat IN ('complete', 'instruction', 'a_modifier', 'a_valider');
CREATE INDEX dossier_alertes_montant ON dossier (montant, depot_id, rang) WHERE alertes <> '' AND etat IN ('complete', 'instruction', 'a_modifier', 'a_valider');

-- The open demandes by rule, with what lists are sorted by.
CREATE TABLE dossier_alerte (
	code TEXT NOT NULL,
	echeance BIGINT NOT NULL,
	montant BIGINT NOT NULL,
	depot_id BIGINT NOT NULL,
	rang BIGINT NOT NULL,
	PRIMARY KEY (code, echeance, depot_id, rang)
) {{.SansRang}};
CREATE INDEX dossier_alerte_montant ON dossier_alerte (code, montant, depot_id, rang);
