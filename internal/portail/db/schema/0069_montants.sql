-- Lists of the agency that are sorted by amount: all of it, a supplier's, a software's. Lists of what is open have theirs.
CREATE INDEX dossier_montant_tous ON dossier (montant, depot_id, rang);
CREATE INDEX dossier_montant_fournisseur ON dossier (fournisseur_id, montant, depot_id, rang);
CREATE INDEX dossier_montant_logiciel ON dossier (numero_ans, montant, depot_id, rang);
