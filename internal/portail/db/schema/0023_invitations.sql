-- An invitation tells nothing of the account that has the address: until its person has acted there (accepte), the inviter sees
-- the name that was typed. A link that opens an account is that of one inviter: another does not replace it.
ALTER TABLE role ADD COLUMN nom TEXT NOT NULL DEFAULT '';
ALTER TABLE role ADD COLUMN accepte BIGINT NOT NULL DEFAULT 1;
ALTER TABLE jeton ADD COLUMN fournisseur_id BIGINT NOT NULL DEFAULT -1; -- who invited; -1 for other links
