-- The letters whose supplier's people are to be told by mail: several at once are told together.
CREATE TABLE lettre_a_dire (
	fournisseur_id BIGINT NOT NULL,
	decision_id BIGINT NOT NULL,
	PRIMARY KEY (fournisseur_id, decision_id)
) {{.SansRang}};
