-- What suppliers ask the agency for: to be enrolled; once they are, another software, another bank account.
CREATE TABLE enrolement (
	id {{.Identite}},
	reference TEXT NOT NULL UNIQUE,
	empreinte TEXT NOT NULL UNIQUE,        -- SHA-256 of the secret of whoever fills it in without an account
	genre TEXT NOT NULL,                   -- enrolement, logiciel, banque
	etat TEXT NOT NULL,                    -- brouillon, demande, accepte, refuse
	fournisseur_id BIGINT REFERENCES fournisseur (id), -- NULL until there is one
	siret TEXT NOT NULL DEFAULT '',        -- not unique: anybody may ask in anybody's name
	nom TEXT NOT NULL DEFAULT '',
	cherche TEXT NOT NULL DEFAULT '',      -- nom in lower case
	donnees TEXT NOT NULL,                 -- JSON of a Dossier
	langue TEXT NOT NULL,
	motif TEXT NOT NULL DEFAULT '',        -- why it was refused
	cree BIGINT NOT NULL,
	modifie BIGINT NOT NULL,
	envoye BIGINT NOT NULL DEFAULT 0,
	decide BIGINT NOT NULL DEFAULT 0,
	decideur BIGINT NOT NULL DEFAULT 0     -- id of the account
);
CREATE INDEX enrolement_etat ON enrolement (etat, envoye);
CREATE INDEX enrolement_siret ON enrolement (siret);
CREATE INDEX enrolement_fournisseur ON enrolement (fournisseur_id);

-- The documents of a request, one of each genre: certificat, identite, mandat, rib, tva.
CREATE TABLE piece_enrolement (
	id {{.Identite}},
	enrolement_id BIGINT NOT NULL REFERENCES enrolement (id),
	genre TEXT NOT NULL,
	nom TEXT NOT NULL,                     -- as its sender named it
	format TEXT NOT NULL,                  -- PDF, PNG, JPG
	sha256 TEXT NOT NULL,
	taille BIGINT NOT NULL,
	recu BIGINT NOT NULL,
	UNIQUE (enrolement_id, genre)
);
CREATE INDEX piece_enrolement_sha256 ON piece_enrolement (sha256);
