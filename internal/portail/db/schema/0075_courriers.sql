-- The letters that decide nothing, each with what became of it. genre: modification (what a demande lacks), contestation, retrait_envisage.
CREATE TABLE courrier (
	id {{.Identite}},
	genre TEXT NOT NULL,
	fournisseur_id BIGINT NOT NULL,
	depot_id BIGINT NOT NULL,
	rang BIGINT NOT NULL,
	contradictoire_id BIGINT NOT NULL,     -- the procedure that it opens, 0 for none
	instant BIGINT NOT NULL,
	limite BIGINT NOT NULL,                -- the last day to answer
	postale BIGINT NOT NULL,               -- 1: its supplier had not agreed to electronic notification
	postee BIGINT NOT NULL DEFAULT 0,      -- the day on which it went by post
	postee_par BIGINT NOT NULL DEFAULT 0,
	lue BIGINT NOT NULL DEFAULT 0,         -- when somebody of the supplier, or who acts for it, first read it
	lue_par BIGINT NOT NULL DEFAULT 0
);
CREATE INDEX courrier_fournisseur ON courrier (fournisseur_id, id);
CREATE INDEX courrier_demande ON courrier (depot_id, rang, id);
CREATE INDEX courrier_a_poster ON courrier (id) WHERE postale = 1 AND postee = 0;
CREATE INDEX courrier_non_lu ON courrier (fournisseur_id, id) WHERE lue = 0;

-- What each says in each language: these bytes went out.
CREATE TABLE courrier_fige (
	courrier_id BIGINT NOT NULL REFERENCES courrier (id),
	langue TEXT NOT NULL,
	version BIGINT NOT NULL,               -- of its model
	retouche BIGINT NOT NULL,              -- 1: somebody had written another text for it
	html {{.Octets}} NOT NULL,             -- compressed (DEFLATE)
	empreinte TEXT NOT NULL,               -- SHA-256 of the page
	edition BIGINT NOT NULL,               -- of what the agency says in its letters; 0 for one of before that was kept
	pdf_sha256 TEXT NOT NULL DEFAULT '',   -- of the PDF, a kept file; '' until it is made
	PRIMARY KEY (courrier_id, langue)
) {{.SansRang}};
CREATE INDEX courrier_pdf ON courrier_fige (pdf_sha256) WHERE pdf_sha256 <> '';

-- The letters of procedures were kept apart, without their PDF. Those of procedures that are over are not to be posted any more.
INSERT INTO courrier (genre, fournisseur_id, depot_id, rang, contradictoire_id, instant, limite, postale)
	SELECT CASE c.genre WHEN 'retrait' THEN 'retrait_envisage' ELSE c.genre END, p.fournisseur_id, p.depot_id, p.rang, c.id, c.ouvert, c.limite,
		CASE WHEN p.fin > 0 OR EXISTS (SELECT 1 FROM accord a WHERE a.fournisseur_id = p.fournisseur_id AND a.oui = 1
			AND a.ordre = (SELECT MAX(x.ordre) FROM accord x WHERE x.fournisseur_id = a.fournisseur_id)) THEN 0 ELSE 1 END
	FROM contradictoire c JOIN contradictoire_partie p ON p.contradictoire_id = c.id ORDER BY c.id, p.depot_id, p.rang;
INSERT INTO courrier_fige (courrier_id, langue, version, retouche, html, empreinte, edition)
	SELECT k.id, l.langue, l.version, 0, l.html, l.empreinte, 0 FROM contradictoire_lettre l
	JOIN courrier k ON k.contradictoire_id = l.contradictoire_id AND k.depot_id = l.depot_id AND k.rang = l.rang;
DROP TABLE contradictoire_lettre;
