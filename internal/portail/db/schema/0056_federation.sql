-- Who an account of the agency is at its identity provider.
CREATE TABLE federation (
	id {{.Identite}},
	compte_id BIGINT NOT NULL REFERENCES compte (id),
	emetteur TEXT NOT NULL,                -- the provider, as its tokens name it
	sujet TEXT NOT NULL,                   -- the person, as the provider does
	cree BIGINT NOT NULL,
	utilisee BIGINT NOT NULL
);
CREATE UNIQUE INDEX federation_sujet ON federation (emetteur, sujet);
CREATE UNIQUE INDEX federation_compte ON federation (compte_id, emetteur);

-- Departures to the provider that a browser has come back from: each does so once.
CREATE TABLE federation_retour (
	etat TEXT PRIMARY KEY,                 -- hash
	expire BIGINT NOT NULL
);
CREATE INDEX federation_retour_expire ON federation_retour (expire);
