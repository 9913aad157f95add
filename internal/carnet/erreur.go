package carnet

import (
	"errors"
	"fmt"
	"time"

	"modernc.org/sqlite"
	lib "modernc.org/sqlite/lib"

	"guichet/modele"
)

// ErrLotOuvert is the answer to a change while a lot is neither decided nor given up: a fault of the program.
var ErrLotOuvert = errors.New("a lot of this ledger is still open")

// ErreurOccupe says that another run writes the ledger, and whose, where that is known.
type ErreurOccupe struct {
	Chemin     string
	Qui, Poste string
	Depuis     time.Time
}

func (e *ErreurOccupe) Error() string { return e.Texte().En }

// Texte says it in both languages, as the other errors of this package do.
func (e *ErreurOccupe) Texte() modele.Texte {
	var qui modele.Texte
	if e.Qui != "" {
		depuis := e.Depuis.Local()
		qui.Fr = fmt.Sprintf(" (%s, sur %s, depuis %s)", e.Qui, e.Poste, depuis.Format("15:04 le 02/01/2006"))
		qui.En = fmt.Sprintf(" (%s, on %s, since %s)", e.Qui, e.Poste, depuis.Format("15:04 on 2006-01-02"))
	}
	return modele.Texte{
		Fr: fmt.Sprintf("une autre commande guichet écrit dans le carnet %s%s : recommencez quand elle sera finie", e.Chemin, qui.Fr),
		En: fmt.Sprintf("another guichet command writes the ledger %s%s: try again when it has ended", e.Chemin, qui.En),
	}
}

// ErreurAbime says that a file is no ledger, or a damaged one. Nothing was written to it.
type ErreurAbime struct {
	Chemin string
	Detail string // in SQLite's words, for who looks into it
}

func (e *ErreurAbime) Error() string { return e.Texte().En }

// Texte says what to do.
func (e *ErreurAbime) Texte() modele.Texte {
	return modele.Texte{
		Fr: fmt.Sprintf("%s n'est pas un carnet de guichet, ou il est abîmé : rien n'y a été écrit ; remettez une sauvegarde du carnet (guichet carnet restaurer FICHIER) ; sans sauvegarde, refaites le carnet d'après les fichiers déposés et retournés (guichet carnet reconstruire), le fichier abîmé est gardé à côté", e.Chemin),
		En: fmt.Sprintf("%s is no guichet ledger, or a damaged one: nothing was written to it; put a backup of the ledger back (guichet carnet restaurer FILE); without a backup, make the ledger again from the files deposited and returned (guichet carnet reconstruire), the damaged one is kept beside it", e.Chemin),
	}
}

// ErreurVersion says that another version of the program wrote the ledger.
type ErreurVersion struct {
	Chemin          string
	Trouvee, Connue int
}

func (e *ErreurVersion) Error() string { return e.Texte().En }

// Texte says what to do.
func (e *ErreurVersion) Texte() modele.Texte {
	if e.Trouvee < e.Connue {
		return modele.Texte{
			Fr: fmt.Sprintf("le carnet %s est d'une version plus ancienne (%d, celle-ci est %d) : guichet prepare le met à jour", e.Chemin, e.Trouvee, e.Connue),
			En: fmt.Sprintf("the ledger %s is of an older version (%d, this one is %d): guichet prepare updates it", e.Chemin, e.Trouvee, e.Connue),
		}
	}
	return modele.Texte{
		Fr: fmt.Sprintf("le carnet %s est d'une version plus récente de guichet (%d, celle-ci connaît %d) : installez-la ; rien n'y a été écrit", e.Chemin, e.Trouvee, e.Connue),
		En: fmt.Sprintf("the ledger %s is of a newer version of guichet (%d, this one knows %d): install it; nothing was written to it", e.Chemin, e.Trouvee, e.Connue),
	}
}

// ErreurPlace says that another file is where one of a lot must go.
type ErreurPlace struct{ Chemin, Lot string }

func (e *ErreurPlace) Error() string { return e.Texte().En }

// Texte says what to do.
func (e *ErreurPlace) Texte() modele.Texte {
	return modele.Texte{
		Fr: fmt.Sprintf("%s existe déjà avec un autre contenu : déplacez-le et recommencez ; les fichiers du lot sont gardés dans %s", e.Chemin, e.Lot),
		En: fmt.Sprintf("%s already exists with another content: move it away and try again; the files of the lot are kept in %s", e.Chemin, e.Lot),
	}
}

// ErreurDossier says that the folder where an interrupted lot goes is gone.
type ErreurDossier struct{ Chemin string }

func (e *ErreurDossier) Error() string { return e.Texte().En }

// Texte says what to do.
func (e *ErreurDossier) Texte() modele.Texte {
	return modele.Texte{
		Fr: fmt.Sprintf("un lot interrompu doit finir dans %s, qui est introuvable : remettez ce dossier, ou recréez-le vide, et recommencez", e.Chemin),
		En: fmt.Sprintf("an interrupted lot must end in %s, which is not found: bring this folder back, or make it again, empty, and try again", e.Chemin),
	}
}

// ErreurInconnu says that the ledger has no file of this name.
type ErreurInconnu struct{ Chemin, Fichier string }

func (e *ErreurInconnu) Error() string { return e.Texte().En }

// Texte says what to do.
func (e *ErreurInconnu) Texte() modele.Texte {
	return modele.Texte{
		Fr: fmt.Sprintf("le carnet %s ne connaît pas de fichier %s : guichet suivi montre ceux qu'il a", e.Chemin, e.Fichier),
		En: fmt.Sprintf("the ledger %s knows no file %s: guichet suivi shows those that it has", e.Chemin, e.Fichier),
	}
}

// ErreurNumero says that a demande cannot be recorded under its number.
type ErreurNumero struct {
	Numero string
	Raison modele.Texte
}

func (e *ErreurNumero) Error() string { return e.Texte().En }

// Texte says what to do.
func (e *ErreurNumero) Texte() modele.Texte {
	return modele.Texte{
		Fr: fmt.Sprintf("numeroEditeur %s : %s", e.Numero, e.Raison.Fr),
		En: fmt.Sprintf("numeroEditeur %s: %s", e.Numero, e.Raison.En),
	}
}

// ErreurReserve says that there are no more numbers or ranks to give.
type ErreurReserve struct{ Raison modele.Texte }

func (e *ErreurReserve) Error() string { return e.Raison.En }

// Texte says what to do.
func (e *ErreurReserve) Texte() modele.Texte { return e.Raison }

var (
	dejaPris = modele.Texte{
		Fr: "déjà donné, à une demande du carnet ou ailleurs : prenez-en un autre",
		En: "given already, to a request of the ledger or elsewhere: take another one",
	}
	texteReserve = modele.Texte{
		Fr: "le préfixe des numéros a au plus 4 caractères, chiffres et lettres capitales sans accent",
		En: "the prefix of the numbers has at most 4 characters, digits and capital letters without accents",
	}
	pasPreparee = modele.Texte{
		Fr: "cette demande n'est plus seulement préparée : son fichier a été déposé",
		En: "this request is more than prepared: its file was deposited",
	}
	pasRejetee = modele.Texte{
		Fr: "cette demande n'est pas rejetée, elle n'est pas à remplacer",
		En: "this request is not rejected, it is not to be replaced",
	}
)

const (
	codeOccupe = lib.SQLITE_BUSY
	codeUnique = lib.SQLITE_CONSTRAINT
)

// estCode tells whether SQLite ended with this primary code.
func estCode(err error, codes ...int) bool {
	var e *sqlite.Error
	if !errors.As(err, &e) {
		return false
	}
	for _, code := range codes {
		if e.Code()&0xff == code {
			return true
		}
	}
	return false
}

// diagnostic gives what keeps the ledger from being read its sentence.
func (c *Carnet) diagnostic(err error) error { return expliquer(c.chemin, err, faireLire) }
