-- What is proposed and decided of a demande. etat: proposee; renvoyee (to who proposed it); decidee (to be notified after a delay, in which
-- it may be taken back); reprise; notifiee; caduque (the supplier has withdrawn the demande). A demande has one live decision at most.
CREATE TABLE decision (
	id {{.Identite}},
	fournisseur_id BIGINT NOT NULL,
	depot_id BIGINT NOT NULL,
	rang BIGINT NOT NULL,
	sens TEXT NOT NULL,                    -- attribution, refus
	montant BIGINT NOT NULL,               -- granted, cents; 0 for a refusal
	motifs TEXT NOT NULL,                  -- codes of the reasons, in their order, separated by spaces
	texte TEXT NOT NULL,                   -- what is added in one's own words
	etat TEXT NOT NULL,
	propose_par BIGINT NOT NULL,
	propose BIGINT NOT NULL,
	decide_par BIGINT NOT NULL DEFAULT 0,
	decide BIGINT NOT NULL DEFAULT 0,
	notifier BIGINT NOT NULL DEFAULT 0,    -- from when on it is notified
	notifie BIGINT NOT NULL DEFAULT 0,
	annee BIGINT NOT NULL DEFAULT 0,       -- of its number, which follow each other without gap
	numero BIGINT NOT NULL DEFAULT 0
);
CREATE UNIQUE INDEX decision_vive ON decision (depot_id, rang) WHERE etat IN ('proposee', 'decidee');
CREATE INDEX decision_demande ON decision (depot_id, rang, id);
CREATE INDEX decision_a_notifier ON decision (notifier, id) WHERE etat = 'decidee';
CREATE UNIQUE INDEX decision_numero ON decision (annee, numero) WHERE numero > 0;

-- The last number of each year.
CREATE TABLE decision_annee (
	annee BIGINT PRIMARY KEY,
	dernier BIGINT NOT NULL
) {{.SansRang}};
