-- Suppliers, their software, the people who work for them or for the agency.

-- A supplier that is enrolled. etat: actif, suspendu. Before that there is an enrolement.
CREATE TABLE fournisseur (
	id {{.Identite}},
	siret TEXT NOT NULL UNIQUE,
	raison_sociale TEXT NOT NULL,
	etat TEXT NOT NULL,
	motif TEXT NOT NULL DEFAULT '',        -- why it was suspended
	contact TEXT NOT NULL,                 -- name of the person to turn to
	courriel TEXT NOT NULL,
	telephone TEXT NOT NULL,
	adresse TEXT NOT NULL DEFAULT '',
	iban TEXT NOT NULL DEFAULT '',
	bic TEXT NOT NULL DEFAULT '',
	titulaire TEXT NOT NULL DEFAULT '',    -- of the bank account
	hors_tva BIGINT NOT NULL DEFAULT 0,    -- 1: not liable to VAT
	cree BIGINT NOT NULL,
	decide BIGINT NOT NULL DEFAULT 0
);

-- A référencement: one software of a supplier, known by its numeroAns. profils: one on each line.
CREATE TABLE logiciel (
	numero_ans TEXT PRIMARY KEY,
	fournisseur_id BIGINT NOT NULL REFERENCES fournisseur (id),
	nom TEXT NOT NULL,
	version TEXT NOT NULL DEFAULT '',
	profils TEXT NOT NULL DEFAULT ''
);
CREATE INDEX logiciel_fournisseur ON logiciel (fournisseur_id);

-- A mandate: the second supplier deposits in the name of the first one.
CREATE TABLE mandat (
	id {{.Identite}},
	mandant_id BIGINT NOT NULL REFERENCES fournisseur (id),
	mandataire_id BIGINT NOT NULL REFERENCES fournisseur (id),
	etat TEXT NOT NULL,                    -- actif, revoque
	debut BIGINT NOT NULL,
	fin BIGINT NOT NULL DEFAULT 0,
	UNIQUE (mandant_id, mandataire_id)
);
CREATE INDEX mandat_mandataire ON mandat (mandataire_id);

-- A person. mot_de_passe is empty until the person has chosen one; totp_secret is used once totp_actif is 1.
CREATE TABLE compte (
	id {{.Identite}},
	courriel TEXT NOT NULL UNIQUE,         -- in lower case
	nom TEXT NOT NULL,
	langue TEXT NOT NULL DEFAULT 'fr',
	mot_de_passe TEXT NOT NULL DEFAULT '',
	totp_secret TEXT NOT NULL DEFAULT '',
	totp_actif BIGINT NOT NULL DEFAULT 0,
	totp_pas BIGINT NOT NULL DEFAULT 0,    -- the last time step that a code was taken for
	etat TEXT NOT NULL,                    -- invite, actif, ferme
	cree BIGINT NOT NULL
);

-- What a person may do. fournisseur_id 0 is the agency.
CREATE TABLE role (
	compte_id BIGINT NOT NULL REFERENCES compte (id),
	fournisseur_id BIGINT NOT NULL,
	role TEXT NOT NULL,                    -- administrateur; proprietaire, deposant, lecteur
	PRIMARY KEY (compte_id, fournisseur_id)
) {{.SansRang}};
CREATE INDEX role_fournisseur ON role (fournisseur_id);

-- A link that works once: it opens an account, gives a new password, or makes the first administrator. Only the
-- hash of its secret is kept.
CREATE TABLE jeton (
	empreinte TEXT PRIMARY KEY,            -- SHA-256 of the secret, in hexadecimal
	genre TEXT NOT NULL,                   -- ouverture, oubli, premier
	compte_id BIGINT REFERENCES compte (id), -- NULL for premier: there is no account yet
	expire BIGINT NOT NULL,
	utilise BIGINT NOT NULL DEFAULT 0
);
CREATE INDEX jeton_compte ON jeton (compte_id);
CREATE UNIQUE INDEX jeton_premier ON jeton (genre) WHERE genre = 'premier'; -- there is one at a time

-- Recovery codes of the second factor, by their hash.
CREATE TABLE code_secours (
	compte_id BIGINT NOT NULL REFERENCES compte (id),
	empreinte TEXT NOT NULL,
	utilise BIGINT NOT NULL DEFAULT 0,
	PRIMARY KEY (compte_id, empreinte)
) {{.SansRang}};

-- A session of the site: there is none before someone has given a password.
CREATE TABLE session (
	empreinte TEXT PRIMARY KEY,            -- hash of the cookie
	compte_id BIGINT NOT NULL,
	attente BIGINT NOT NULL DEFAULT 0,     -- 1: the password was right, the second factor is awaited
	donnees {{.Octets}} NOT NULL,
	cree BIGINT NOT NULL,
	vu BIGINT NOT NULL,
	expire BIGINT NOT NULL,
	agent TEXT NOT NULL DEFAULT ''         -- browser, as it names itself
);
CREATE INDEX session_compte ON session (compte_id);
CREATE INDEX session_expire ON session (expire);
