-- A decision that takes a contested award back: its supplier learns it when it is notified, and not before.
ALTER TABLE decision ADD COLUMN contestee BIGINT NOT NULL DEFAULT 0;
