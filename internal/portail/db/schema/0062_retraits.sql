-- Whether a reason is one of withdrawals of awards, or (0) of refusals.
ALTER TABLE motif ADD COLUMN retrait BIGINT NOT NULL DEFAULT 0;
