-- The audit journal: append-only, each row chained to the one before it by a hash. There is one chain for each
-- supplier, and chain 0 for the agency: suppliers do not wait for each other.
CREATE TABLE journal (
	chaine BIGINT NOT NULL,                -- id of the supplier, 0 for the agency
	rang BIGINT NOT NULL,                  -- from 1, without gap
	instant BIGINT NOT NULL,
	acteur BIGINT NOT NULL,                -- id of the account, 0 for the program
	action TEXT NOT NULL,                  -- depot.accepte, compte.ouvert …
	objet TEXT NOT NULL,                   -- what it is about: an impId, a numeroASP, an account
	details TEXT NOT NULL,                 -- JSON, without personal data
	empreinte {{.Octets}} NOT NULL,        -- SHA-256 of the row before and of this one
	PRIMARY KEY (chaine, rang)
) {{.SansRang}};

-- The end of each chain, so that adding to it does not search for it.
CREATE TABLE journal_fin (
	chaine BIGINT PRIMARY KEY,
	rang BIGINT NOT NULL,
	empreinte {{.Octets}} NOT NULL
);
