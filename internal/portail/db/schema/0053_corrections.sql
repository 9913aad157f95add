-- The tags of a demande that the agency has opened for correction, with what it asks for last. pointeur: a JSON Pointer (RFC 6901) from
-- the demande, by the names of the table.
CREATE TABLE ouverture (
	depot_id BIGINT NOT NULL,
	rang BIGINT NOT NULL,
	pointeur TEXT NOT NULL,
	PRIMARY KEY (depot_id, rang, pointeur)
) {{.SansRang}};

-- What a supplier gave other values to: each answer that changes some is a version of the demande, from 1. What the demande says is what
-- its file says, with the last value of each tag. ancienne and nouvelle are JSON literals.
CREATE TABLE correction (
	depot_id BIGINT NOT NULL,
	rang BIGINT NOT NULL,
	version BIGINT NOT NULL,
	pointeur TEXT NOT NULL,
	ancienne TEXT NOT NULL,
	nouvelle TEXT NOT NULL,
	compte_id BIGINT NOT NULL,
	instant BIGINT NOT NULL,
	PRIMARY KEY (depot_id, rang, version, pointeur)
) {{.SansRang}};

-- The deposits that still lack documents, of all suppliers, the oldest first: theirs is the first deadline to pass.
CREATE INDEX depot_incomplets ON depot (recu, id) WHERE incompletes > 0;

-- What the agency has made of the catalogue of reasons for a refusal: each change is a version, and none goes. A reason without a row is as
-- it is shipped. A decision names the versions that it was taken with.
CREATE TABLE motif (
	code TEXT NOT NULL,
	version BIGINT NOT NULL,               -- from 1
	nom_fr TEXT NOT NULL,
	nom_en TEXT NOT NULL,
	texte_fr TEXT NOT NULL,
	texte_en TEXT NOT NULL,
	article TEXT NOT NULL,
	actif BIGINT NOT NULL,                 -- 1: may be chosen
	compte_id BIGINT NOT NULL,
	instant BIGINT NOT NULL,
	PRIMARY KEY (code, version)
) {{.SansRang}};
