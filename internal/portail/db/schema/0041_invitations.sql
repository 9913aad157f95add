-- An invitation gives nothing before it is accepted, and waits for an answer until then. One that waits already has to be sent again:
-- what it let do without an answer is over.
ALTER TABLE role ADD COLUMN expire BIGINT NOT NULL DEFAULT 0;
