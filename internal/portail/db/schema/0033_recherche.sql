-- Names as they are looked for (ecrit.Plier), beside the names as they were given. What was stored before is folded by the
-- program, in this step (plier.go): no database folds accents by itself.
ALTER TABLE depot ADD COLUMN cherche TEXT NOT NULL DEFAULT '';
