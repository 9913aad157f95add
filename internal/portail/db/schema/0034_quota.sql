-- What one supplier had the counter keep in a day, in bytes.
CREATE TABLE quota (
	fournisseur_id BIGINT NOT NULL,
	jour BIGINT NOT NULL,                  -- days since 1970, UTC
	octets BIGINT NOT NULL,
	PRIMARY KEY (fournisseur_id, jour)
) {{.SansRang}};
