-- The chains stay as they were written, and are added to no more: the last hash of each is among the first entries of the log.
ALTER TABLE journal RENAME TO journal_chaine;
ALTER TABLE journal_fin RENAME TO journal_chaine_fin;

-- The journal: one log. An entry is written in the transaction of its act, and gets its place in the tree right after.
CREATE TABLE journal (
	entree {{.Identite}},
	chaine BIGINT NOT NULL,                -- id of the supplier that it concerns, 0 for the agency
	instant BIGINT NOT NULL,
	acteur BIGINT NOT NULL,                -- id of the account, 0 for the program
	action TEXT NOT NULL,                  -- depot.accepte, compte.ouvert …
	objet TEXT NOT NULL,                   -- what it is about: an impId, a numeroASP, an account
	details TEXT NOT NULL,                 -- JSON; '' once they are erased
	sel {{.Octets}} NOT NULL,              -- random; goes with the details
	engagement {{.Octets}},                -- SHA-256 of sel and details, of an entry whose details are erased
	empreinte {{.Octets}} NOT NULL,        -- hash of its leaf (RFC 6962)
	indice BIGINT                          -- its place in the tree, from 0; NULL until it has one
);
CREATE INDEX journal_concerne ON journal (chaine, entree);
CREATE INDEX journal_objet ON journal (objet, entree);
CREATE UNIQUE INDEX journal_indice ON journal (indice) WHERE indice IS NOT NULL;
CREATE INDEX journal_attente ON journal (entree) WHERE indice IS NULL;

-- The hashes of the tree, 256 of a level in a row (golang.org/x/mod/sumdb/tlog, tiles of height 8).
CREATE TABLE journal_arbre (
	niveau BIGINT NOT NULL,
	numero BIGINT NOT NULL,
	empreintes {{.Octets}} NOT NULL,
	PRIMARY KEY (niveau, numero)
) {{.SansRang}};

-- The head: how many entries the tree has, and the signed note that says so.
CREATE TABLE journal_tete (
	numero BIGINT PRIMARY KEY,
	taille BIGINT NOT NULL,
	note TEXT NOT NULL,                    -- '' while the tree is empty
	ancree BIGINT NOT NULL,                -- when it was last kept elsewhere,
	ancree_taille BIGINT NOT NULL          -- and how many entries it had
);
INSERT INTO journal_tete (numero, taille, note, ancree, ancree_taille) VALUES (1, 0, '', 0, 0);
