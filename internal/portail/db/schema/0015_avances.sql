-- The advances that the demandes of a state come to, rounded one by one.
ALTER TABLE demande_etat ADD COLUMN avance BIGINT NOT NULL DEFAULT 0;
UPDATE demande_etat SET avance = (SELECT COALESCE(SUM((d.montant * 30 + 50) / 100), 0) FROM demande d
	WHERE d.fournisseur_id = demande_etat.fournisseur_id AND d.etat = demande_etat.etat);
