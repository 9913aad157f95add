-- What a supplier follows: the history of demandes, figures that are kept while they change, messages.

-- A change of state of a demande. That it was deposited is told by its deposit.
CREATE TABLE evenement (
	depot_id BIGINT NOT NULL,
	rang BIGINT NOT NULL,
	ordre BIGINT NOT NULL,                 -- from 1 for each demande
	instant BIGINT NOT NULL,
	acteur BIGINT NOT NULL,                -- 1 the program, 2 the supplier, 4 the agency
	compte_id BIGINT NOT NULL,             -- 0 for the program
	de TEXT NOT NULL,
	a TEXT NOT NULL,
	motif TEXT NOT NULL,
	PRIMARY KEY (depot_id, rang, ordre)
) {{.SansRang}};

-- Lists by state. A deposit adds nothing to it: its demandes are incomplete, and those are found by depot_incomplet.
CREATE INDEX demande_par_etat ON demande (fournisseur_id, etat, depot_id, rang) WHERE etat <> 'incomplete';

-- Lists by period: one entry for each deposit.
CREATE INDEX depot_recu ON depot (fournisseur_id, recu);

-- What was deposited in each week, counted by the deposit itself.
CREATE TABLE depot_semaine (
	fournisseur_id BIGINT NOT NULL,
	semaine BIGINT NOT NULL,               -- its Monday, AAAAMMJJ
	depots BIGINT NOT NULL,
	acceptees BIGINT NOT NULL,             -- demandes
	rejetees BIGINT NOT NULL,
	PRIMARY KEY (fournisseur_id, semaine)
) {{.SansRang}};
CREATE INDEX depot_semaine_toutes ON depot_semaine (semaine);

-- Why demandes and files were rejected at deposit, likewise.
CREATE TABLE rejet_code (
	fournisseur_id BIGINT NOT NULL,
	code TEXT NOT NULL,
	nombre BIGINT NOT NULL,
	PRIMARY KEY (fournisseur_id, code)
) {{.SansRang}};

-- A thread of messages between a supplier and the agency, in general (depot_id 0) or about a demande.
CREATE TABLE fil (
	id {{.Identite}},
	fournisseur_id BIGINT NOT NULL REFERENCES fournisseur (id),
	depot_id BIGINT NOT NULL DEFAULT 0,
	rang BIGINT NOT NULL DEFAULT 0,
	sujet TEXT NOT NULL,
	dernier BIGINT NOT NULL,               -- instant of the last message
	messages BIGINT NOT NULL,
	non_lus_fournisseur BIGINT NOT NULL,   -- messages that nobody of the supplier has seen
	non_lus_agence BIGINT NOT NULL
);
CREATE INDEX fil_fournisseur ON fil (fournisseur_id, dernier, id);
CREATE INDEX fil_dernier ON fil (dernier, id);
CREATE INDEX fil_demande ON fil (depot_id, rang) WHERE depot_id > 0;
CREATE INDEX fil_non_lus_fournisseur ON fil (fournisseur_id) WHERE non_lus_fournisseur > 0;
CREATE INDEX fil_non_lus_agence ON fil (id) WHERE non_lus_agence > 0;

CREATE TABLE message (
	fil_id BIGINT NOT NULL REFERENCES fil (id),
	ordre BIGINT NOT NULL,                 -- from 1 for each thread
	instant BIGINT NOT NULL,
	compte_id BIGINT NOT NULL,
	agence BIGINT NOT NULL,                -- 1: from the agency
	texte TEXT NOT NULL,
	piece_nom TEXT NOT NULL,               -- "" for none
	piece_format TEXT NOT NULL,            -- PDF, PNG, JPG
	piece_sha256 TEXT NOT NULL,
	piece_taille BIGINT NOT NULL,
	PRIMARY KEY (fil_id, ordre)
) {{.SansRang}};
CREATE INDEX message_piece ON message (piece_sha256) WHERE piece_sha256 <> '';

-- The advances that were paid to a supplier: 30 % of each amount, rounded one by one.
CREATE TABLE avance_payee (
	fournisseur_id BIGINT PRIMARY KEY,
	montant BIGINT NOT NULL                -- cents
);
