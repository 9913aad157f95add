-- Passkeys: a second factor of a person beside the authenticator. What is kept of one is public.
CREATE TABLE cle_acces (
	id {{.Identite}},
	compte_id BIGINT NOT NULL REFERENCES compte (id),
	nom TEXT NOT NULL,                     -- that its person gave it
	identifiant TEXT NOT NULL,             -- by which browsers find it, base64url
	donnees TEXT NOT NULL,                 -- its public key, and what the authenticator said of itself: JSON
	compteur BIGINT NOT NULL,              -- signatures, as they were last counted; 0 for one that does not count
	cree BIGINT NOT NULL,
	utilisee BIGINT NOT NULL DEFAULT 0,
	doute BIGINT NOT NULL DEFAULT 0        -- when its count was last found to have gone back
);
CREATE UNIQUE INDEX cle_acces_identifiant ON cle_acces (identifiant);
CREATE INDEX cle_acces_compte ON cle_acces (compte_id, id);

-- What browsers were asked, until a passkey answers: once, in the session that was asked.
CREATE TABLE cle_defi (
	id {{.Identite}},
	session TEXT NOT NULL,                 -- hash of the cookie
	compte_id BIGINT NOT NULL REFERENCES compte (id),
	defi TEXT NOT NULL,
	attendu TEXT NOT NULL,                 -- what an answer is checked against: JSON
	expire BIGINT NOT NULL
);
CREATE UNIQUE INDEX cle_defi_session ON cle_defi (session, defi);
CREATE INDEX cle_defi_expire ON cle_defi (expire);
