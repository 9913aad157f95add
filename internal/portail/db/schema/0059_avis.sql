-- The opinions that an examiner asks for on a demande: of a colleague (compte_id), or of an address outside (courriel).
-- etat: attendu, rendu, decline, retire (taken back), echu (the time has passed), clos (the demande left the examination before).
CREATE TABLE avis (
	id {{.Identite}},
	fournisseur_id BIGINT NOT NULL,
	depot_id BIGINT NOT NULL,
	rang BIGINT NOT NULL,
	etat TEXT NOT NULL,
	demande_par BIGINT NOT NULL,
	demande BIGINT NOT NULL,               -- when it was asked for
	question TEXT NOT NULL,
	limite BIGINT NOT NULL,                -- the last day to answer
	relance BIGINT NOT NULL,               -- when the counter looks at it next, else 0
	compte_id BIGINT NOT NULL DEFAULT 0,   -- the colleague, 0 for somebody outside
	courriel TEXT NOT NULL DEFAULT '',     -- the address outside
	langue TEXT NOT NULL DEFAULT '',       -- of the mails to it
	pieces TEXT NOT NULL DEFAULT '',       -- the kinds of documents that it may see, with a space between two
	ouvertures BIGINT NOT NULL DEFAULT 0,  -- how often its pages were opened
	sens TEXT NOT NULL DEFAULT '',         -- favorable, defavorable, sans
	texte TEXT NOT NULL DEFAULT '',
	rendu BIGINT NOT NULL DEFAULT 0        -- when it was given, or declined
);
CREATE INDEX avis_demande ON avis (depot_id, rang, id);
CREATE INDEX avis_attendu ON avis (compte_id, limite, id) WHERE compte_id > 0 AND etat = 'attendu';
CREATE INDEX avis_compte ON avis (compte_id, id) WHERE compte_id > 0;
CREATE INDEX avis_relance ON avis (relance, id) WHERE relance > 0;

-- The links that were mailed outside, by their SHA-256: each mail has its own.
CREATE TABLE avis_lien (
	empreinte TEXT PRIMARY KEY,
	avis_id BIGINT NOT NULL REFERENCES avis (id)
) {{.SansRang}};

-- What somebody is still to be told by mail: several things within a while are told together. quoi: demande, rappel (to who is asked);
-- reponse, fin (to who asks).
CREATE TABLE avis_a_dire (
	destinataire TEXT NOT NULL,            -- the account, or the address outside
	avis_id BIGINT NOT NULL REFERENCES avis (id),
	quoi TEXT NOT NULL,
	instant BIGINT NOT NULL,
	PRIMARY KEY (destinataire, avis_id, quoi)
) {{.SansRang}};

-- The opinions on a demande: asked for, given, and against it.
ALTER TABLE dossier ADD COLUMN avis BIGINT NOT NULL DEFAULT 0;
ALTER TABLE dossier ADD COLUMN avis_rendus BIGINT NOT NULL DEFAULT 0;
ALTER TABLE dossier ADD COLUMN avis_contre BIGINT NOT NULL DEFAULT 0;
CREATE INDEX dossier_avis ON dossier (echeance, depot_id, rang) WHERE avis > 0;
