-- The demandes on which opinions were asked for, by their amounts.
CREATE INDEX dossier_avis_montant ON dossier (montant, depot_id, rang) WHERE avis > 0;
