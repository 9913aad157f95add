-- Procedures in which suppliers are heard before a decision. genre: contestation (ESMS that demandes of several suppliers claim), retrait (an
-- award that may be taken back). etat: ouverte, proposee (one decision for all), decidee, close.
CREATE TABLE contradictoire (
	id {{.Identite}},
	genre TEXT NOT NULL,
	etat TEXT NOT NULL,
	motifs TEXT NOT NULL,                  -- of a withdrawal: references of the catalogue, with a space between two
	texte TEXT NOT NULL,                   -- what is added in one's own words; its suppliers read it
	ouvert_par BIGINT NOT NULL,
	ouvert BIGINT NOT NULL,
	limite BIGINT NOT NULL,                -- the last day to answer
	relance BIGINT NOT NULL,               -- when the counter looks at it next, to remind; 0 for not any more
	propose_par BIGINT NOT NULL DEFAULT 0,
	propose BIGINT NOT NULL DEFAULT 0,
	decide_par BIGINT NOT NULL DEFAULT 0,
	decide BIGINT NOT NULL DEFAULT 0,
	clos BIGINT NOT NULL DEFAULT 0,
	cause TEXT NOT NULL DEFAULT '',        -- why it was closed without a decision
	version BIGINT NOT NULL DEFAULT 0      -- grows with what somebody who decides should have read
);
CREATE INDEX contradictoire_ouvert ON contradictoire (limite, id) WHERE etat <> 'close';
CREATE INDEX contradictoire_relance ON contradictoire (relance, id) WHERE relance > 0;

-- Its demandes. issue: what is proposed of each: '' for nothing yet, attribution, refus, retrait, maintien. fin: when its part ended, else 0.
CREATE TABLE contradictoire_partie (
	contradictoire_id BIGINT NOT NULL REFERENCES contradictoire (id),
	depot_id BIGINT NOT NULL,
	rang BIGINT NOT NULL,
	fournisseur_id BIGINT NOT NULL,
	esms TEXT NOT NULL,                    -- FINESS that others claim, too, with a space between two
	fil_id BIGINT NOT NULL DEFAULT 0,      -- the thread that its supplier answers in, 0 for none yet
	repondu BIGINT NOT NULL DEFAULT 0,     -- when its supplier said that its answer is whole, else 0
	repondu_par BIGINT NOT NULL DEFAULT 0,
	issue TEXT NOT NULL DEFAULT '',
	decision_id BIGINT NOT NULL DEFAULT 0,
	fin BIGINT NOT NULL DEFAULT 0,
	PRIMARY KEY (contradictoire_id, depot_id, rang)
) {{.SansRang}};
CREATE UNIQUE INDEX contradictoire_vif ON contradictoire_partie (depot_id, rang) WHERE fin = 0;
CREATE INDEX contradictoire_demande ON contradictoire_partie (depot_id, rang, contradictoire_id);
CREATE INDEX contradictoire_fournisseur ON contradictoire_partie (fournisseur_id, contradictoire_id);

-- The letter that was written to each, in each language, as it went out.
CREATE TABLE contradictoire_lettre (
	contradictoire_id BIGINT NOT NULL REFERENCES contradictoire (id),
	depot_id BIGINT NOT NULL,
	rang BIGINT NOT NULL,
	langue TEXT NOT NULL,
	version BIGINT NOT NULL,               -- of its model
	html {{.Octets}} NOT NULL,             -- compressed (DEFLATE)
	empreinte TEXT NOT NULL,               -- SHA-256 of the page
	PRIMARY KEY (contradictoire_id, depot_id, rang, langue)
) {{.SansRang}};

-- The procedure that a demande is in, 0 for none.
ALTER TABLE dossier ADD COLUMN contradictoire_id BIGINT NOT NULL DEFAULT 0;
