-- Sessions that began at the identity provider of the agency end with the one there, when it says so.
ALTER TABLE session ADD COLUMN session_la TEXT NOT NULL DEFAULT ''; -- hash of the provider and its name of the session; '' for none of its
CREATE INDEX session_session_la ON session (session_la);

-- What the provider has said: each thing counts once.
CREATE TABLE federation_fin (
	jeton TEXT PRIMARY KEY,                -- hash
	expire BIGINT NOT NULL
);
CREATE INDEX federation_fin_expire ON federation_fin (expire);
