-- What a deposit was controlled with, and the ESMS that demandes claim.

-- JSON: the SHA-256 of each register's stored form, and the profiles that the software was enrolled with; '' for
-- none of both.
ALTER TABLE depot ADD COLUMN connu TEXT NOT NULL DEFAULT '';

-- The versions of registers that the counter has used. Their stored forms are among the kept files.
CREATE TABLE registre (
	sha256 TEXT PRIMARY KEY,               -- of the stored form
	nom TEXT NOT NULL,                     -- finess, references, eligibles, bareme
	garde BIGINT NOT NULL                  -- when it was taken up
) {{.SansRang}};

-- Which accepted demandes claim an ESMS. finess is the number read in base 36, place the deposit's id times 65536
-- plus the demande's rank. The ESMS of one deposit stand all over this table.
CREATE TABLE esms (
	finess BIGINT NOT NULL,
	place BIGINT NOT NULL,
	PRIMARY KEY (finess, place)
) {{.SansRang}};

-- What deposits add to it, as they leave it: many at once are put in their places by who asks next.
CREATE TABLE esms_attente (
	depot_id BIGINT PRIMARY KEY,
	contenu {{.Octets}} NOT NULL           -- rank and finess of each, as varints
) {{.SansRang}};
