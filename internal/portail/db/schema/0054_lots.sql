-- What one person does to many demandes at once. genre: attribuer, refuser, decider.
-- etat: preparation, a_confirmer, en_cours, arrete, fini.
CREATE TABLE lot (
	id {{.Identite}},
	genre TEXT NOT NULL,
	etat TEXT NOT NULL,
	compte_id BIGINT NOT NULL REFERENCES compte (id),
	requete TEXT NOT NULL,                 -- the list that its demandes are found in, as the query of an address
	place TEXT NOT NULL,                   -- where the search goes on
	motifs TEXT NOT NULL,                  -- of refusals: codes, with a space between two
	texte TEXT NOT NULL,
	reste BIGINT NOT NULL,                 -- 1: points of the sheet without an answer are answered yes
	cree BIGINT NOT NULL,
	confirme BIGINT NOT NULL DEFAULT 0,
	fini BIGINT NOT NULL DEFAULT 0,
	total BIGINT NOT NULL DEFAULT 0,       -- demandes in it
	ecartees BIGINT NOT NULL DEFAULT 0,    -- set aside when it was prepared
	montant BIGINT NOT NULL DEFAULT 0,     -- of those that were not, cents
	faites BIGINT NOT NULL DEFAULT 0,
	laissees BIGINT NOT NULL DEFAULT 0,    -- could not be done when their turn came
	suite BIGINT NOT NULL DEFAULT 0,       -- 1: the list had more than one lot takes
	cause_fr TEXT NOT NULL DEFAULT '',     -- why it stopped by itself
	cause_en TEXT NOT NULL DEFAULT ''
);
CREATE INDEX lot_actif ON lot (id) WHERE etat IN ('preparation', 'en_cours');
CREATE INDEX lot_oublie ON lot (cree) WHERE etat IN ('preparation', 'a_confirmer');

-- The demandes of a lot. issue: '' as long as it waits, ecartee, faite, laissee.
CREATE TABLE lot_ligne (
	lot_id BIGINT NOT NULL REFERENCES lot (id),
	ordre BIGINT NOT NULL,
	depot_id BIGINT NOT NULL,
	rang BIGINT NOT NULL,
	version BIGINT NOT NULL,               -- of the dossier, as it was looked at
	decision_id BIGINT NOT NULL,           -- that is decided as it was looked at, else 0
	montant BIGINT NOT NULL,               -- cents
	points TEXT NOT NULL,                  -- of the sheet, that are answered yes: codes, with a space between two
	issue TEXT NOT NULL,
	cause_fr TEXT NOT NULL,
	cause_en TEXT NOT NULL,
	PRIMARY KEY (lot_id, ordre)
) {{.SansRang}};
CREATE INDEX lot_ligne_attend ON lot_ligne (lot_id, ordre) WHERE issue = '';
