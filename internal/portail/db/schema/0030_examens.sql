-- What the agency said about requests, one row for each step: a first opinion (avis), taken back (reprise), accepte, refuse.
CREATE TABLE examen_enrolement (
	id {{.Identite}},
	enrolement_id BIGINT NOT NULL REFERENCES enrolement (id),
	acte TEXT NOT NULL,
	compte_id BIGINT NOT NULL,             -- who said so
	instant BIGINT NOT NULL,
	envoye BIGINT NOT NULL,                -- when what was looked at had been sent
	motif TEXT NOT NULL DEFAULT '',
	vu TEXT NOT NULL DEFAULT ''            -- of a refusal: JSON of the Dossier and documents that were looked at
);
CREATE INDEX examen_enrolement_demande ON examen_enrolement (enrolement_id, id);
INSERT INTO examen_enrolement (enrolement_id, acte, compte_id, instant, envoye, motif)
	SELECT id, etat, decideur, decide, envoye, motif FROM enrolement WHERE decide > 0;
ALTER TABLE enrolement ADD COLUMN avis BIGINT NOT NULL DEFAULT 0; -- account of the first of two who accept what was sent; 0 for none
