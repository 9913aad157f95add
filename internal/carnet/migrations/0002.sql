-- Files of the output folder that the user does not want this ledger to know.
CREATE TABLE etranger (
  nom     TEXT    NOT NULL COLLATE NOCASE PRIMARY KEY,
  instant INTEGER NOT NULL
) WITHOUT ROWID;
