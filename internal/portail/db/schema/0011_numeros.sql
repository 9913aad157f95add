-- Every numeroEditeur that a supplier has ever used, accepted or not (§3.2), with the deposit that used it first. Those of
-- a deposit that begin alike stand in one row: a file whose numbers follow each other adds a few rows instead of two
-- hundred. That none is used twice is seen to by who adds them, while the supplier's other deposits wait.
CREATE TABLE numero_utilise (
	fournisseur_id BIGINT NOT NULL,
	debut TEXT NOT NULL,                   -- their first three characters
	depot_id BIGINT NOT NULL,
	suite TEXT NOT NULL,                   -- the last two of each, one after the other
	PRIMARY KEY (fournisseur_id, debut, depot_id)
) {{.SansRang}};

INSERT INTO numero_utilise (fournisseur_id, debut, depot_id, suite)
	SELECT fournisseur_id, substr(numero, 1, 3), depot_id, string_agg(substr(numero, 4), '') FROM numero
	GROUP BY fournisseur_id, substr(numero, 1, 3), depot_id;
DROP TABLE numero;
