-- The agency's list of requests in its order, those that wait first, with what it is filtered by; envoye stands beside the order
-- for PostgreSQL, which answers from an index alone only what is a column of it.
CREATE INDEX enrolement_liste ON enrolement ((CASE WHEN etat = 'demande' THEN envoye ELSE 9000000000000000000 - envoye END), id,
	etat, genre, avis, envoye, siret, reference, cherche) WHERE etat <> 'brouillon';

-- The agency's list of suppliers by name, as it is looked for (ecrit.Plier). What was stored before is folded by the program, in this
-- step (plier.go).
ALTER TABLE fournisseur ADD COLUMN cherche TEXT NOT NULL DEFAULT '';
CREATE INDEX fournisseur_liste ON fournisseur (cherche, id, siret);

-- Which suppliers have demandes in a state.
CREATE INDEX demande_etat_etat ON demande_etat (etat, fournisseur_id);
