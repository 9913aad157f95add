-- Letters. The texts that they are made of: each saving is a version, which is kept for ever. compte_id is 0 for those that the program ships.
CREATE TABLE lettre_modele (
	genre TEXT NOT NULL,                   -- attribution, refus
	langue TEXT NOT NULL,                  -- fr, en
	version BIGINT NOT NULL,               -- from 1
	texte TEXT NOT NULL,
	compte_id BIGINT NOT NULL,
	instant BIGINT NOT NULL,
	PRIMARY KEY (genre, langue, version)
) {{.SansRang}};

-- What the agency alone can say in its letters: each saving is a version.
CREATE TABLE lettre_reglage (
	nom TEXT NOT NULL,
	version BIGINT NOT NULL,
	fr TEXT NOT NULL,
	en TEXT NOT NULL,
	compte_id BIGINT NOT NULL,
	instant BIGINT NOT NULL,
	PRIMARY KEY (nom, version)
) {{.SansRang}};

-- As what somebody decides (CRPA, art. L212-1).
CREATE TABLE lettre_qualite (
	compte_id BIGINT PRIMARY KEY,
	fr TEXT NOT NULL,
	en TEXT NOT NULL
) {{.SansRang}};

-- The text of one letter, where somebody has written another than the model's for the decision to come on a demande.
CREATE TABLE lettre_texte (
	depot_id BIGINT NOT NULL,
	rang BIGINT NOT NULL,
	genre TEXT NOT NULL,
	langue TEXT NOT NULL,
	texte TEXT NOT NULL,
	compte_id BIGINT NOT NULL,
	instant BIGINT NOT NULL,
	PRIMARY KEY (depot_id, rang, genre, langue)
) {{.SansRang}};

-- The letter of a decision, in each language, as it was when it was decided: these bytes go out.
CREATE TABLE lettre_figee (
	decision_id BIGINT NOT NULL,
	langue TEXT NOT NULL,
	version BIGINT NOT NULL,               -- of its model
	retouchee BIGINT NOT NULL,             -- 1: somebody had written another text for it
	html {{.Octets}} NOT NULL,             -- compressed (DEFLATE)
	empreinte TEXT NOT NULL,               -- SHA-256 of the page
	pdf_sha256 TEXT NOT NULL DEFAULT '',   -- of the PDF, a kept file; '' until it is made
	PRIMARY KEY (decision_id, langue)
) {{.SansRang}};
CREATE INDEX lettre_pdf ON lettre_figee (pdf_sha256) WHERE pdf_sha256 <> '';

-- What became of the letter of a decision that was notified.
CREATE TABLE lettre (
	decision_id BIGINT PRIMARY KEY,
	fournisseur_id BIGINT NOT NULL,
	depot_id BIGINT NOT NULL,
	rang BIGINT NOT NULL,
	instant BIGINT NOT NULL,               -- when it was notified
	postale BIGINT NOT NULL,               -- 1: its supplier had not agreed to electronic notification
	postee BIGINT NOT NULL DEFAULT 0,      -- the day on which it went by post
	postee_par BIGINT NOT NULL DEFAULT 0,
	lue BIGINT NOT NULL DEFAULT 0,         -- when somebody of the supplier, or who acts for it, first read it
	lue_par BIGINT NOT NULL DEFAULT 0
) {{.SansRang}};
CREATE INDEX lettre_fournisseur ON lettre (fournisseur_id, decision_id);
CREATE INDEX lettre_demande ON lettre (depot_id, rang, decision_id);
CREATE INDEX lettre_a_poster ON lettre (decision_id) WHERE postale = 1 AND postee = 0;

-- Whether a supplier agrees to be notified by electronic means (CRPA, art. L112-15): each choice is kept, the last one holds.
CREATE TABLE accord (
	fournisseur_id BIGINT NOT NULL,
	ordre BIGINT NOT NULL,                 -- from 1
	oui BIGINT NOT NULL,
	texte BIGINT NOT NULL,                 -- version of the words that were agreed to
	compte_id BIGINT NOT NULL,
	instant BIGINT NOT NULL,
	PRIMARY KEY (fournisseur_id, ordre)
) {{.SansRang}};
