-- Two numbers that differ by the case of their letters are one: nobody can tell them apart by voice.
CREATE TABLE lot (
  id         INTEGER PRIMARY KEY AUTOINCREMENT,
  dossier    TEXT    NOT NULL, -- where its files go; relative to the ledger when it is below it
  temporaire TEXT    NOT NULL, -- name of the hidden folder in it where they are written
  etat       TEXT    NOT NULL CHECK (etat IN ('commence', 'decide', 'fait')),
  instant    INTEGER NOT NULL  -- microseconds since 1970, as all instants here
);
CREATE INDEX lot_ouvert ON lot (etat) WHERE etat <> 'fait';

CREATE TABLE fichier (
  id         INTEGER PRIMARY KEY,
  lot        INTEGER NOT NULL REFERENCES lot,
  nom        TEXT    NOT NULL,
  sha256     TEXT    NOT NULL,
  numero_ans TEXT    NOT NULL,
  jour       TEXT    NOT NULL, -- AAAAMMJJ
  rang       INTEGER,          -- of the JSON file in its day; NULL for archives and others
  imp_id     TEXT    NOT NULL DEFAULT '',
  instant    INTEGER NOT NULL,
  UNIQUE (numero_ans, jour, rang)
);
CREATE INDEX fichier_lot ON fichier (lot);

CREATE TABLE demande (
  id            INTEGER PRIMARY KEY,
  numero        TEXT    NOT NULL COLLATE NOCASE UNIQUE,
  fichier       INTEGER NOT NULL REFERENCES fichier,
  num_ligne     INTEGER NOT NULL,
  reference     TEXT    NOT NULL, -- of the order, in the supplier's own words
  ogs           TEXT    NOT NULL, -- JSON, [{"finess": "…", "esms": ["…"]}]
  montant       INTEGER NOT NULL, -- cents, without tax
  regime        TEXT    NOT NULL,
  pieces        TEXT    NOT NULL, -- JSON, [{"type": "…", "nom": "…", "chemin": "…", "sha256": "…"}]
  etat          TEXT    NOT NULL,
  remplacee_par TEXT    NOT NULL DEFAULT '',
  numero_asp    TEXT    NOT NULL DEFAULT '',
  code          TEXT    NOT NULL DEFAULT '', -- as the returned file has it
  libelle       TEXT    NOT NULL DEFAULT ''
);
CREATE INDEX demande_fichier ON demande (fichier);
CREATE INDEX demande_reference ON demande (reference) WHERE reference <> '';
CREATE INDEX demande_remplacee ON demande (remplacee_par) WHERE remplacee_par <> '';

-- The way back from an OG or ESMS to its demandes.
CREATE TABLE beneficiaire (
  finess  TEXT    NOT NULL,
  demande INTEGER NOT NULL, -- no REFERENCES: rows come in blocks, a block of these before their demandes
  genre   TEXT    NOT NULL CHECK (genre IN ('OG', 'ESMS')),
  PRIMARY KEY (finess, demande, genre)
) WITHOUT ROWID;

-- Numbers used before the ledger, or without it.
CREATE TABLE ailleurs (
  numero        TEXT    NOT NULL COLLATE NOCASE PRIMARY KEY,
  origine       TEXT    NOT NULL,
  remplacee_par TEXT    NOT NULL DEFAULT '', -- the demande of the ledger that sends it again
  instant       INTEGER NOT NULL
) WITHOUT ROWID;

CREATE TABLE retour (
  sha256  TEXT    NOT NULL PRIMARY KEY,
  nom     TEXT    NOT NULL,
  imp_id  TEXT    NOT NULL,
  instant INTEGER NOT NULL
) WITHOUT ROWID;

CREATE TABLE evenement (
  id      INTEGER PRIMARY KEY,
  instant INTEGER NOT NULL,
  fichier INTEGER REFERENCES fichier, -- of a whole file
  demande INTEGER REFERENCES demande, -- of one demande
  genre   TEXT    NOT NULL,
  texte   TEXT    NOT NULL            -- verbatim, from outside
);
CREATE INDEX evenement_fichier ON evenement (fichier) WHERE fichier IS NOT NULL;
CREATE INDEX evenement_demande ON evenement (demande) WHERE demande IS NOT NULL;
