-- Deposits and their demandes. Keys start with the supplier: what one supplier sees stands together, and
-- rows are added at the end of its part. Each index costs every deposit two hundred entries: there is none
-- on demande, whose lists follow its key.

-- What the agency says on receipts, as it was at each time: a deposit keeps to what was told to it.
CREATE TABLE mentions (
	id {{.Identite}},
	texte TEXT NOT NULL UNIQUE             -- JSON
);

CREATE TABLE depot (
	id {{.Identite}},                      -- impId and numeroASP are made of it; gaps may occur
	fournisseur_id BIGINT NOT NULL REFERENCES fournisseur (id),
	compte_id BIGINT NOT NULL,             -- who deposited
	mandataire_id BIGINT NOT NULL DEFAULT 0, -- the supplier who deposited for this one, 0 for itself
	type TEXT NOT NULL,                    -- avance, solde
	numero_ans TEXT NOT NULL,              -- as declared
	edition TEXT NOT NULL,                 -- of the tag table
	nom TEXT NOT NULL,                     -- of the file
	sha256 TEXT NOT NULL,
	taille BIGINT NOT NULL,
	recu BIGINT NOT NULL,
	verdict TEXT NOT NULL,                 -- accepte, partiel, refuse, rejete, illisible
	demandes BIGINT NOT NULL,
	acceptees BIGINT NOT NULL,
	incompletes BIGINT NOT NULL,           -- demandes that still lack a document
	reponse TEXT NOT NULL,                 -- JSON: code and label of each refused demande, or of the file
	mentions_id BIGINT NOT NULL DEFAULT 0  -- of its receipt
);
CREATE INDEX depot_fournisseur ON depot (fournisseur_id, id);
CREATE INDEX depot_incomplet ON depot (fournisseur_id, id) WHERE incompletes > 0;
CREATE INDEX depot_sha256 ON depot (sha256, fournisseur_id);

-- The demandes that the second control accepted. What a demande says is read from the deposited file, at
-- debut to fin. numeroASP is made of depot_id and rang. etat: incomplete, complete, retiree …
CREATE TABLE demande (
	fournisseur_id BIGINT NOT NULL,
	depot_id BIGINT NOT NULL,
	rang BIGINT NOT NULL,                  -- index in the file, from 0
	numero TEXT NOT NULL,                  -- numeroEditeur
	etat TEXT NOT NULL,
	montant BIGINT NOT NULL,               -- montantSegurHT, cents
	esms BIGINT NOT NULL,                  -- how many
	og TEXT NOT NULL,                      -- FINESSJuridique of the first OG
	debut BIGINT NOT NULL,                 -- byte range in the file
	fin BIGINT NOT NULL,
	maj BIGINT NOT NULL,                   -- last change of state
	PRIMARY KEY (fournisseur_id, depot_id, rang)
) {{.SansRang}};

-- How many demandes of a supplier are in each state, and their amounts: counted when one changes, since
-- counting them all would take as long as there are many.
CREATE TABLE demande_etat (
	fournisseur_id BIGINT NOT NULL,
	etat TEXT NOT NULL,
	nombre BIGINT NOT NULL,
	montant BIGINT NOT NULL,               -- cents
	PRIMARY KEY (fournisseur_id, etat)
) {{.SansRang}};

-- Every numeroEditeur that a supplier has ever used, accepted or not (§3.2), and where it was first.
CREATE TABLE numero (
	fournisseur_id BIGINT NOT NULL,
	numero TEXT NOT NULL,
	depot_id BIGINT NOT NULL,
	rang BIGINT NOT NULL,
	PRIMARY KEY (fournisseur_id, numero)
) {{.SansRang}};

-- Counters: the rank of the day's files.
CREATE TABLE compteur (
	nom TEXT PRIMARY KEY,
	valeur BIGINT NOT NULL
) {{.SansRang}};
