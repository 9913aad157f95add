-- The supporting documents of demandes, and what they came in. Which documents a demande expects is read from
-- its deposited file.

-- A .zip or a single document that was sent with a deposit. etat: recue (to be examined), examinee, refusee.
CREATE TABLE archive (
	id {{.Identite}},
	fournisseur_id BIGINT NOT NULL,
	depot_id BIGINT NOT NULL REFERENCES depot (id),
	compte_id BIGINT NOT NULL,             -- who sent it
	nom TEXT NOT NULL,                     -- as its sender called it
	sha256 TEXT NOT NULL,                  -- "" when it was not kept: too large
	taille BIGINT NOT NULL,
	recu BIGINT NOT NULL,
	etat TEXT NOT NULL,
	code TEXT NOT NULL DEFAULT '',         -- why it was refused
	motif_fr TEXT NOT NULL DEFAULT '',
	motif_en TEXT NOT NULL DEFAULT '',
	bonnes BIGINT NOT NULL DEFAULT 0,      -- documents accepted from it, refused, set aside
	mauvaises BIGINT NOT NULL DEFAULT 0,
	ecartees BIGINT NOT NULL DEFAULT 0
);
CREATE INDEX archive_depot ON archive (depot_id, id);
CREATE INDEX archive_sha256 ON archive (sha256);

-- A document that a demande expects, each time that one came. The last one counts. etat: recue, refusee,
-- remplacee (by a later one).
CREATE TABLE piece (
	depot_id BIGINT NOT NULL,
	rang BIGINT NOT NULL,
	type TEXT NOT NULL,                    -- typeFichier: BON_COMMANDE, PREUVE_HT
	ordre BIGINT NOT NULL,                 -- from 1
	etat TEXT NOT NULL,
	code TEXT NOT NULL DEFAULT '',         -- why it was refused
	motif_fr TEXT NOT NULL DEFAULT '',
	motif_en TEXT NOT NULL DEFAULT '',
	archive_id BIGINT NOT NULL REFERENCES archive (id),
	nom TEXT NOT NULL,                     -- in the archive
	format TEXT NOT NULL DEFAULT '',       -- PDF, PNG, JPG
	sha256 TEXT NOT NULL DEFAULT '',       -- "" when it was refused
	taille BIGINT NOT NULL DEFAULT 0,
	recu BIGINT NOT NULL,
	PRIMARY KEY (depot_id, rang, type, ordre)
) {{.SansRang}};
CREATE INDEX piece_sha256 ON piece (sha256) WHERE sha256 <> '';

-- A document that was set aside: nobody expects it, it bears a wrong name, or another one is there already.
CREATE TABLE piece_ecartee (
	archive_id BIGINT NOT NULL REFERENCES archive (id),
	ordre BIGINT NOT NULL,                 -- from 1
	nom TEXT NOT NULL,
	code TEXT NOT NULL,
	motif_fr TEXT NOT NULL,
	motif_en TEXT NOT NULL,
	proche TEXT NOT NULL,                  -- the expected name that is nearest, "" for none
	PRIMARY KEY (archive_id, ordre)
) {{.SansRang}};
