-- A second factor that is being set up, for the session that shows it: another session of the same account has another
-- key, so that who has stolen one does not know what the owner puts in the authenticator.
CREATE TABLE facteur_prepare (
	session TEXT PRIMARY KEY,              -- hash of the cookie
	compte_id BIGINT NOT NULL REFERENCES compte (id),
	scelle TEXT NOT NULL,                  -- the key, sealed
	expire BIGINT NOT NULL
);
CREATE INDEX facteur_prepare_compte ON facteur_prepare (compte_id);
UPDATE compte SET totp_secret = '' WHERE totp_actif = 0;
