-- What was granted of a demande, in cents: 0 until its supplier is told of an award. The advance is a part of it.
ALTER TABLE demande ADD COLUMN accorde BIGINT NOT NULL DEFAULT 0;
UPDATE demande SET accorde = COALESCE((SELECT c.montant FROM decision c WHERE c.depot_id = demande.depot_id AND c.rang = demande.rang
		AND c.sens = 'attribution' AND c.etat = 'notifiee' ORDER BY c.id DESC LIMIT 1), montant)
	WHERE etat IN ('validee', 'retrait_envisage', 'payee');

-- The same in the counters of demandes by state.
ALTER TABLE demande_etat ADD COLUMN accorde BIGINT NOT NULL DEFAULT 0;
UPDATE demande_etat SET
	accorde = (SELECT COALESCE(SUM(d.accorde), 0) FROM demande d WHERE d.fournisseur_id = demande_etat.fournisseur_id AND d.etat = demande_etat.etat),
	avance = (SELECT COALESCE(SUM((d.accorde * 30 + 50) / 100), 0) FROM demande d WHERE d.fournisseur_id = demande_etat.fournisseur_id AND d.etat = demande_etat.etat)
	WHERE etat IN ('validee', 'retrait_envisage', 'payee');
