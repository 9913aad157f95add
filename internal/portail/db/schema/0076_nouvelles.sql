-- What people are to be told by mail, and that may be told together: each is a mail as it goes out alone (JSON), without its reader.
CREATE TABLE nouvelle (
	id {{.Identite}},
	compte_id BIGINT NOT NULL,
	fournisseur_id BIGINT NOT NULL,        -- by whose right the person is told; 0 for the agency
	genre TEXT NOT NULL,                   -- of mail: what a person may refuse
	instant BIGINT NOT NULL,
	courriel TEXT NOT NULL
);
CREATE INDEX nouvelle_compte ON nouvelle (compte_id, instant, id);

-- The mails that a person was sent of it of late.
CREATE TABLE nouvelle_dite (
	id {{.Identite}},
	compte_id BIGINT NOT NULL,
	instant BIGINT NOT NULL
);
CREATE INDEX nouvelle_dite_compte ON nouvelle_dite (compte_id, instant);
CREATE INDEX nouvelle_dite_instant ON nouvelle_dite (instant);
