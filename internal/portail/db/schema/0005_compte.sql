-- What accounts need besides: a brake on guessing, and who wants which mails.

-- How often something was tried since debut: signing in to an account, signing in from an address …
CREATE TABLE tentative (
	cle TEXT PRIMARY KEY,                  -- what is counted, and the SHA-256 of for whom
	debut BIGINT NOT NULL,
	nombre BIGINT NOT NULL
);
CREATE INDEX tentative_debut ON tentative (debut);

-- A kind of mail that a person does not want.
CREATE TABLE courriel_refuse (
	compte_id BIGINT NOT NULL REFERENCES compte (id),
	genre TEXT NOT NULL,
	PRIMARY KEY (compte_id, genre)
) {{.SansRang}};
