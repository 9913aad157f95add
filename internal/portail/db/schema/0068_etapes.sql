-- What the agency is at, and its suppliers are not told: few at a time, counted on each home page.
CREATE INDEX demande_etape ON demande (etape, montant) WHERE etape <> '';

-- The queue has what was withdrawn before its documents came, too: what is counted by state is what its list has.
INSERT INTO dossier (depot_id, rang, fournisseur_id, numero_ans, etat, montant, esms, og, recu, echeance, maj)
	SELECT d.depot_id, d.rang, d.fournisseur_id, p.numero_ans, d.etat, d.montant, d.esms, d.og, p.recu, 0, d.maj
	FROM demande d JOIN depot p ON p.id = d.depot_id
	WHERE d.etat = 'retiree' AND NOT EXISTS (SELECT 1 FROM dossier x WHERE x.depot_id = d.depot_id AND x.rang = d.rang);
