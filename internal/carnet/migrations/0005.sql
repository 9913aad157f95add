-- The index from an OG or ESMS to its demandes was a third of what a lot cost to write. What it knew stands in the
-- demandes themselves (ogs), and few ask: they walk through all, as opening does anyway.
DROP TABLE beneficiaire;
