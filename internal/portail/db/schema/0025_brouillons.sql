-- A draft of enrolment is found again by links that are mailed; a network has so many, and each takes so many documents.
CREATE TABLE lien_enrolement (
	enrolement_id BIGINT NOT NULL REFERENCES enrolement (id),
	courriel TEXT NOT NULL,                -- where it was mailed, once
	empreinte TEXT NOT NULL UNIQUE,        -- SHA-256 of its secret
	actif BIGINT NOT NULL DEFAULT 1,       -- 0 once the contact has another address
	cree BIGINT NOT NULL,
	PRIMARY KEY (enrolement_id, courriel)
);
ALTER TABLE enrolement ADD COLUMN reseau TEXT NOT NULL DEFAULT ''; -- hash of the network that began a draft; '' once it is sent
ALTER TABLE enrolement ADD COLUMN site TEXT NOT NULL DEFAULT '';   -- likewise of the site around it, for IPv6
ALTER TABLE enrolement ADD COLUMN recues BIGINT NOT NULL DEFAULT 0; -- documents that it took, those that were replaced included
CREATE INDEX enrolement_reseau ON enrolement (reseau) WHERE reseau <> '';
CREATE INDEX enrolement_site ON enrolement (site) WHERE site <> '';
