-- The state of a demande at the agency, where it is not the one that its supplier sees: a_valider, decidee; else "".
ALTER TABLE demande ADD COLUMN etape TEXT NOT NULL DEFAULT '';

-- What the agency works on: a row for each demande that has had all its documents, or that a decision is proposed for. It copies what
-- the queue is sorted and filtered by, so that an index does it. etat is the agency's.
CREATE TABLE dossier (
	depot_id BIGINT NOT NULL,
	rang BIGINT NOT NULL,
	fournisseur_id BIGINT NOT NULL,
	numero_ans TEXT NOT NULL,              -- the software
	etat TEXT NOT NULL,
	montant BIGINT NOT NULL,               -- cents
	esms BIGINT NOT NULL,
	og TEXT NOT NULL,
	recu BIGINT NOT NULL,                  -- when the file was deposited
	echeance BIGINT NOT NULL,              -- when the agency's silence is a decision
	maj BIGINT NOT NULL,                   -- last change of state
	repondu BIGINT NOT NULL DEFAULT 0,     -- when the supplier answered what nobody has looked at yet, else 0
	agent_id BIGINT NOT NULL DEFAULT 0,    -- who holds it, 0 for nobody
	bail BIGINT NOT NULL DEFAULT 0,        -- until when nobody else may take it
	attente BIGINT NOT NULL DEFAULT 0,     -- it is put aside until then
	attente_motif TEXT NOT NULL DEFAULT '',
	version BIGINT NOT NULL DEFAULT 0,     -- grows with what somebody who decides should have read
	PRIMARY KEY (depot_id, rang)
) {{.SansRang}};
CREATE INDEX dossier_tous ON dossier (echeance, depot_id, rang);
CREATE INDEX dossier_a_valider ON dossier (echeance, depot_id, rang) WHERE etat = 'a_valider';
CREATE INDEX dossier_ouvert ON dossier (echeance, depot_id, rang) WHERE etat IN ('complete', 'instruction', 'a_modifier', 'a_valider');
CREATE INDEX dossier_montant ON dossier (montant, depot_id, rang) WHERE etat IN ('complete', 'instruction', 'a_modifier', 'a_valider');
CREATE INDEX dossier_fournisseur ON dossier (fournisseur_id, echeance, depot_id, rang);
CREATE INDEX dossier_logiciel ON dossier (numero_ans, echeance, depot_id, rang);
CREATE INDEX dossier_og ON dossier (og, echeance, depot_id, rang);
CREATE INDEX dossier_agent ON dossier (agent_id, echeance, depot_id, rang) WHERE agent_id > 0;
CREATE INDEX dossier_repondu ON dossier (echeance, depot_id, rang) WHERE repondu > 0;
CREATE INDEX dossier_attente ON dossier (echeance, depot_id, rang) WHERE attente > 0;

INSERT INTO dossier (depot_id, rang, fournisseur_id, numero_ans, etat, montant, esms, og, recu, echeance, maj)
	SELECT d.depot_id, d.rang, d.fournisseur_id, p.numero_ans, d.etat, d.montant, d.esms, d.og, p.recu, 0, d.maj
	FROM demande d JOIN depot p ON p.id = d.depot_id WHERE d.etat NOT IN ('incomplete', 'retiree');

-- What the people of the agency write to each other about a demande. Suppliers never see it.
CREATE TABLE note (
	depot_id BIGINT NOT NULL,
	rang BIGINT NOT NULL,
	ordre BIGINT NOT NULL,                 -- from 1 for each demande
	instant BIGINT NOT NULL,
	compte_id BIGINT NOT NULL,
	texte TEXT NOT NULL,
	PRIMARY KEY (depot_id, rang, ordre)
) {{.SansRang}};

-- The answers on the control sheet of a demande. reponse: oui, non, sans_objet.
CREATE TABLE point (
	depot_id BIGINT NOT NULL,
	rang BIGINT NOT NULL,
	code TEXT NOT NULL,                    -- of the point (instruction/points.go)
	reponse TEXT NOT NULL,
	remarque TEXT NOT NULL DEFAULT '',
	compte_id BIGINT NOT NULL,
	instant BIGINT NOT NULL,
	PRIMARY KEY (depot_id, rang, code)
) {{.SansRang}};

-- Filters of the queue that a person has given a name.
CREATE TABLE filtre (
	compte_id BIGINT NOT NULL REFERENCES compte (id),
	nom TEXT NOT NULL,
	requete TEXT NOT NULL,                 -- the query of the address
	PRIMARY KEY (compte_id, nom)
) {{.SansRang}};
