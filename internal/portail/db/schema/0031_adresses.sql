-- A person asks for another address: a link mailed there confirms it, links mailed to the former one stop it or take it back.
CREATE TABLE changement_adresse (
	id {{.Identite}},
	compte_id BIGINT NOT NULL REFERENCES compte (id),
	ancien TEXT NOT NULL,                  -- address until then
	courriel TEXT NOT NULL,                -- the one that is asked for
	confirme TEXT NOT NULL UNIQUE,         -- SHA-256 of the secret of the link to the new address
	arret TEXT NOT NULL UNIQUE,            -- likewise of the link mailed to the former one when it is asked for
	retour TEXT NOT NULL UNIQUE,           -- likewise when it is done
	fait BIGINT NOT NULL DEFAULT 0,        -- when; 0 while it waits
	expire BIGINT NOT NULL                 -- of all three
);
CREATE INDEX changement_adresse_compte ON changement_adresse (compte_id);
ALTER TABLE compte ADD COLUMN connus_depuis BIGINT NOT NULL DEFAULT 0; -- second: browsers that were known before are known no more
