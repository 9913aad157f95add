-- What letters say has editions: one for each saving, of whatever was changed by it. As what somebody decides is said there, too, and each letter names the
-- edition that it was made of; 0 for one of before.
ALTER TABLE lettre_reglage ADD COLUMN edition BIGINT NOT NULL DEFAULT 0;
INSERT INTO lettre_reglage (nom, version, fr, en, compte_id, instant)
	SELECT 'qualite-' || CAST(q.compte_id AS TEXT), 1, q.fr, q.en, 0, COALESCE((SELECT MAX(x.instant) FROM lettre_reglage x), 0) FROM lettre_qualite q;
UPDATE lettre_reglage SET edition = (SELECT COUNT(DISTINCT x.instant) FROM lettre_reglage x WHERE x.instant <= lettre_reglage.instant);
CREATE INDEX lettre_reglage_edition ON lettre_reglage (edition, nom);
DROP TABLE lettre_qualite;
ALTER TABLE lettre_figee ADD COLUMN edition BIGINT NOT NULL DEFAULT 0;

-- Who saves a model, or what letters say, holds this row until it is done: of two at once the second one sees what the first has saved.
CREATE TABLE lettre_verrou (id BIGINT PRIMARY KEY) {{.SansRang}};
INSERT INTO lettre_verrou (id) VALUES (1);
