// Package diag is what a check says to people and programs: the report, its diagnostics, and one
// writer for each format (terminal, JSON, SARIF, JUnit, GitHub, CSV, HTML).
package diag

import (
	"time"

	"guichet/modele"
)

// Version is the version of the JSON contract: a minor version adds, a major one breaks.
const Version = "1.2"

// Verdict is what the portal would do with a file.
type Verdict string

// The verdicts.
const (
	Accepte   Verdict = "accepte"   // all demandes accepted
	Partiel   Verdict = "partiel"   // some
	Refuse    Verdict = "refuse"    // none
	Rejete    Verdict = "rejete"    // the first control rejects the file
	Illisible Verdict = "illisible" // not readable as JSON
)

// Rapport is the result of one run over files. Its JSON form is a contract (Version).
type Rapport struct {
	Version  string    `json:"format_version"`
	Valid    bool      `json:"valid"` // nothing above alerte is listed
	Total    Total     `json:"total"`
	Fichiers []Fichier `json:"fichiers"`
	// Masquees counts the anomalies that a selection took out of the lists.
	Masquees int `json:"-"`
}

// Total sums up a Rapport. Erreurs, Alertes and Infos count anomalies by severity; Rejetes counts
// files that the first control rejects or that cannot be read.
type Total struct {
	Fichiers          int `json:"fichiers"`
	Rejetes           int `json:"rejetes"`
	Demandes          int `json:"demandes"`
	DemandesAcceptees int `json:"demandesAcceptees"`
	DemandesRejetees  int `json:"demandesRejetees"`
	Erreurs           int `json:"erreurs"`
	Alertes           int `json:"alertes"`
	Infos             int `json:"infos"`
}

// Fichier is the report of one file.
type Fichier struct {
	Fichier   string       `json:"fichier"`
	Modele    string       `json:"modele"`
	Edition   string       `json:"edition"`
	Verdict   Verdict      `json:"verdict"`
	Structure []Diagnostic `json:"structure"`
	Demandes  []Demande    `json:"demandes"`
	// NonVerifie says, one line each, what could not be checked for want of data.
	NonVerifie []string `json:"-"`
	// Registres are the registers that the check used.
	Registres []Registre `json:"registres,omitempty"`
	// Omises counts by severity the anomalies found but not kept, in a file that has too many.
	Omises [4]int `json:"-"`
}

// Registre is a register that a check used.
type Registre struct {
	Nom     string `json:"registre"` // "finess"
	Fichier string `json:"fichier"`  // where it comes from
	Valide  string `json:"valide"`   // the day it is valid on, AAAA-MM-JJ; "" when that is not known
	Lignes  int    `json:"lignes"`
	SHA256  string `json:"sha256"`
	Phrase  string `json:"-"` // for a reader: "FINESS du 10/01/2024 (etalab-….csv)"
}

// Demande is the report of one demande. CodeTraitement and LibelleTraitement are nil when the first
// control rejects the file: the portal gives none.
type Demande struct {
	NumLigne          int          `json:"numLigne"`
	NumeroEditeur     *string      `json:"numeroEditeur"`
	CodeTraitement    *string      `json:"codeTraitement"`
	LibelleTraitement *string      `json:"libelleTraitement"`
	Anomalies         []Diagnostic `json:"anomalies"`
}

// Diagnostic is one anomaly, told in one language.
type Diagnostic struct {
	Code     string         `json:"code"`
	Gravite  modele.Gravite `json:"gravite"`
	Balise   string         `json:"balise"`
	Pointeur string         `json:"pointeur"` // RFC 6901, to the value or to the object that lacks the tag
	Ligne    int            `json:"ligne"`    // from 1
	Colonne  int            `json:"colonne"`  // from 1, in characters
	Longueur int            `json:"longueur"` // of the value, in characters; 1 for an object or array
	Valeur   *string        `json:"valeur"`   // the raw literal, shortened; nil for a missing tag
	Message  string         `json:"message"`
	Aide     string         `json:"aide"`
	Source   string         `json:"source"`
	// Doute says why the reading of the source that the rule rests on is not certain; "" where it is.
	Doute    string `json:"doute,omitempty"`
	Premiere bool   `json:"premiere"` // the one that the portal reports
	// Correction repairs the value; nil where there is nothing to offer, or another diagnostic of the same
	// value carries it.
	Correction *Correction `json:"correction"`
	Extrait    Extrait     `json:"-"`
	Autre      *Lieu       `json:"-"` // the other place, where there are two
}

// Extrait is the source line of a diagnostic, cut to a window around its column: files without line
// breaks have lines as long as themselves.
type Extrait struct {
	Texte string
	Debut int  // column of the first character of Texte, from 1
	Suite bool // the line goes on after Texte
}

// Placed tells whether the anomaly is in the bytes of the file; those of its name are not, and stand at
// 1:1 with length 0.
func (d *Diagnostic) Placed() bool { return d.Ligne > 0 && d.Longueur > 0 }

// Lieu is a second place that a diagnostic speaks of.
type Lieu struct {
	Ligne, Colonne, Longueur int
	Extrait                  Extrait
	Note                     string // "première occurrence"
}

// Options are the choices of the writers.
type Options struct {
	Langue     modele.Langue
	Couleur    bool
	Grouper    bool           // similar anomalies together
	Max        int            // most anomalies in full, 0 for all (terminal)
	Regles     []modele.Regle // the rule book, for formats that carry it
	Outil      string         // version of the program
	Maintenant time.Time      // when the check was made, for formats that say it
}
