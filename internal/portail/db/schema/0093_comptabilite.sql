-- The accounts, by double entry: what an act did to the demandes of a deposit. Entries and lines are only ever added.
CREATE TABLE ecriture (
	id {{.Identite}},
	instant BIGINT NOT NULL,
	acte TEXT NOT NULL,                    -- depot.accepte, demande.validee …
	compte_id BIGINT NOT NULL,             -- who did it, 0 for the program
	depot_id BIGINT NOT NULL,
	fournisseur_id BIGINT NOT NULL,
	numero_ans TEXT NOT NULL,              -- the software
	annee BIGINT NOT NULL                  -- that the deposit came in
);
CREATE INDEX ecriture_depot ON ecriture (fournisseur_id, depot_id);

CREATE TABLE ecriture_ligne (
	ecriture_id BIGINT NOT NULL,
	poste TEXT NOT NULL,                   -- en_instance, accorde … (comptabilite/postes.go)
	montant BIGINT NOT NULL,               -- cents; those of a ledger sum to zero
	parts TEXT NOT NULL,                   -- how much of it is each demande's (comptabilite/parts.go)
	PRIMARY KEY (ecriture_id, poste)
);

-- Up to which entry sums are kept, and those sums: what there is in a place is that and the lines after it.
CREATE TABLE arrete (
	id BIGINT PRIMARY KEY,
	jusque BIGINT NOT NULL
);
INSERT INTO arrete (id, jusque) VALUES (1, 0);
CREATE TABLE arrete_montant (
	fournisseur_id BIGINT NOT NULL,
	numero_ans TEXT NOT NULL,
	annee BIGINT NOT NULL,
	poste TEXT NOT NULL,
	montant BIGINT NOT NULL,               -- cents
	PRIMARY KEY (fournisseur_id, numero_ans, annee, poste)
) {{.SansRang}};

-- The demandes that there are: an entry for each deposit. Years are those of Paris, where the new year begins an hour before UTC's.
INSERT INTO ecriture (instant, acte, compte_id, depot_id, fournisseur_id, numero_ans, annee)
	SELECT p.recu, 'ouverture', 0, p.id, p.fournisseur_id, p.numero_ans, 2000 + 4 * ((p.recu / 1000000 + 3600) / 86400 - 10957) / 1461 FROM depot p
	WHERE EXISTS (SELECT 1 FROM demande d WHERE d.fournisseur_id = p.fournisseur_id AND d.depot_id = p.id) ORDER BY p.id;
INSERT INTO ecriture_ligne (ecriture_id, poste, montant, parts)
	WITH x AS (
		SELECT e.id, d.rang, d.montant, d.accorde, (d.accorde * 30 + 50) / 100 AS avance, CASE
			WHEN d.etat IN ('validee', 'retrait_envisage', 'payee') THEN 'accorde'
			WHEN d.etat = 'refusee' THEN 'refuse' WHEN d.etat = 'retiree' THEN 'retire'
			WHEN d.etat = 'attribution_retiree' THEN 'attribution_retiree' ELSE 'en_instance' END AS place, d.etat
		FROM ecriture e JOIN demande d ON d.fournisseur_id = e.fournisseur_id AND d.depot_id = e.depot_id
	), y AS (
		SELECT id, rang, 'demandes' AS poste, -montant AS part FROM x
		UNION ALL SELECT id, rang, place, CASE WHEN place = 'accorde' THEN accorde ELSE montant END FROM x
		UNION ALL SELECT id, rang, 'non_accorde', montant - accorde FROM x WHERE place = 'accorde'
		UNION ALL SELECT id, rang, 'octroi', -accorde FROM x WHERE place = 'accorde'
		UNION ALL SELECT id, rang, CASE WHEN etat = 'payee' THEN 'paye' ELSE 'avance_due' END, avance FROM x WHERE place = 'accorde'
		UNION ALL SELECT id, rang, 'solde_du', accorde - avance FROM x WHERE place = 'accorde'
	)
	SELECT id, poste, CAST(SUM(part) AS BIGINT), string_agg(rang || ':' || part, ' ' ORDER BY rang) FROM y WHERE part <> 0 GROUP BY id, poste;

{{if .Seul}}
CREATE TRIGGER ecriture_changee BEFORE UPDATE ON ecriture BEGIN SELECT RAISE(ABORT, 'an entry of the accounts is never changed'); END;
CREATE TRIGGER ecriture_otee BEFORE DELETE ON ecriture BEGIN SELECT RAISE(ABORT, 'an entry of the accounts is never deleted'); END;
CREATE TRIGGER ecriture_ligne_changee BEFORE UPDATE ON ecriture_ligne BEGIN SELECT RAISE(ABORT, 'a line of the accounts is never changed'); END;
CREATE TRIGGER ecriture_ligne_otee BEFORE DELETE ON ecriture_ligne BEGIN SELECT RAISE(ABORT, 'a line of the accounts is never deleted'); END;
{{else}}
CREATE FUNCTION comptabilite_immuable() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
	RAISE EXCEPTION 'the accounts (%) are never changed, nor deleted', TG_TABLE_NAME;
END $$;
CREATE TRIGGER ecriture_immuable BEFORE UPDATE OR DELETE OR TRUNCATE ON ecriture FOR EACH STATEMENT EXECUTE FUNCTION comptabilite_immuable();
CREATE TRIGGER ecriture_ligne_immuable BEFORE UPDATE OR DELETE OR TRUNCATE ON ecriture_ligne FOR EACH STATEMENT EXECUTE FUNCTION comptabilite_immuable();
{{end}}
