-- What the agency's figures and lists of decisions are read along.
CREATE INDEX decision_decidee ON decision (decide, id) WHERE numero > 0;
CREATE INDEX decision_decidee_fournisseur ON decision (fournisseur_id, decide, id) WHERE numero > 0;
CREATE INDEX decision_decidee_par ON decision (decide_par, decide, id) WHERE numero > 0;
-- Of the expression, so that no list in another order goes along it.
CREATE INDEX dossier_par_etat ON dossier ((etat || ''), montant);
CREATE INDEX dossier_limite ON dossier (echeance, montant) WHERE etat IN ('complete', 'instruction', 'a_modifier', 'a_valider');
CREATE INDEX dossier_age ON dossier (recu) WHERE etat IN ('complete', 'instruction', 'a_modifier', 'a_valider');
CREATE INDEX dossier_ouvert_fournisseur ON dossier (fournisseur_id, montant) WHERE etat IN ('complete', 'instruction', 'a_modifier', 'a_valider');
