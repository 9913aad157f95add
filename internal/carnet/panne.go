package carnet

import (
	"errors"
	"fmt"

	"modernc.org/sqlite"
	lib "modernc.org/sqlite/lib"

	"guichet/internal/panne"
	"guichet/modele"
)

// ErreurSysteme says that the system or the disk kept the ledger from its work.
type ErreurSysteme struct {
	Chemin string
	Faire  modele.Texte // what was being done: "ouvrir le carnet"
	Panne  panne.Panne
	err    error
}

func (e *ErreurSysteme) Error() string { return e.Texte().En }

func (e *ErreurSysteme) Unwrap() error { return e.err }

// Texte names the file, what could not be done, why, and what to do.
func (e *ErreurSysteme) Texte() modele.Texte {
	return modele.Texte{
		Fr: fmt.Sprintf("impossible %s %s : %s ; %s", e.Faire.Fr, e.Chemin, e.Panne.Cause.Fr, e.Panne.Aide.Fr),
		En: fmt.Sprintf("cannot %s %s: %s; %s", e.Faire.En, e.Chemin, e.Panne.Cause.En, e.Panne.Aide.En),
	}
}

// What is being done, as it stands in the sentence of [ErreurSysteme].
var (
	faireOuvrir  = modele.Texte{Fr: "d'ouvrir le carnet", En: "open the ledger"}
	faireLire    = modele.Texte{Fr: "de lire le carnet", En: "read the ledger"}
	faireEcrire  = modele.Texte{Fr: "d'écrire dans le carnet", En: "write to the ledger"}
	faireDossier = modele.Texte{Fr: "d'écrire dans le dossier", En: "write to the folder"}
	faireFichier = modele.Texte{Fr: "d'écrire", En: "write"}
)

// expliquer gives an error of SQLite or of the system its sentence; others stay.
func (c *Carnet) expliquer(err *error, faire modele.Texte) {
	if *err != nil {
		*err = expliquer(c.chemin, *err, faire)
	}
}

func expliquer(chemin string, err error, faire modele.Texte) error {
	var dite interface{ Texte() modele.Texte }
	if errors.As(err, &dite) {
		return err
	}
	if estCode(err, lib.SQLITE_CORRUPT, lib.SQLITE_NOTADB) {
		return &ErreurAbime{Chemin: chemin}
	}
	if p, oui := Panne(err); oui {
		return &ErreurSysteme{Chemin: chemin, Faire: faire, Panne: p, err: err}
	}
	p, oui := panne.De(err)
	autre := panne.Fichier(err)
	if !oui || autre == "" {
		return err
	}
	if autre != chemin {
		faire = faireFichier
	}
	return &ErreurSysteme{Chemin: autre, Faire: faire, Panne: p, err: err}
}

// pannesSQLite are what SQLite ends with when the fault is not in the program.
var pannesSQLite = map[int]panne.Panne{
	lib.SQLITE_CANTOPEN: {
		Cause: modele.Texte{Fr: "le fichier, ou celui qui l'accompagne pendant l'écriture, ne s'ouvre pas", En: "the file, or the one beside it during a write, does not open"},
		Aide:  modele.Texte{Fr: "vérifiez que vous pouvez écrire dans ce dossier", En: "check that you may write to this folder"},
	},
	lib.SQLITE_READONLY: {
		Cause: modele.Texte{Fr: "le fichier ou son dossier est en lecture seule", En: "the file or its folder is read-only"},
		Aide:  modele.Texte{Fr: "demandez le droit d'y écrire", En: "ask for the right to write to it"},
	},
	lib.SQLITE_PERM: {
		Cause: modele.Texte{Fr: "accès refusé par le système", En: "access denied by the system"},
		Aide:  modele.Texte{Fr: "demandez le droit d'y écrire", En: "ask for the right to write to it"},
	},
	lib.SQLITE_FULL: {
		Cause: modele.Texte{Fr: "le disque est plein", En: "the disk is full"},
		Aide:  modele.Texte{Fr: "faites de la place et recommencez", En: "make room and try again"},
	},
	lib.SQLITE_IOERR: {
		Cause: modele.Texte{Fr: "le disque ne répond pas comme il faut", En: "the disk does not answer as it should"},
		Aide:  modele.Texte{Fr: "recommencez ; si cela revient, changez de disque et remettez une sauvegarde", En: "try again; if it happens again, change the disk and put a backup back"},
	},
	lib.SQLITE_BUSY: {
		Cause: modele.Texte{Fr: "un autre programme le tient ouvert", En: "another program holds it open"},
		Aide:  modele.Texte{Fr: "fermez-le et recommencez", En: "close it and try again"},
	},
	lib.SQLITE_NOMEM: {
		Cause: modele.Texte{Fr: "la mémoire manque", En: "memory is lacking"},
		Aide:  modele.Texte{Fr: "fermez d'autres programmes et recommencez", En: "close other programs and try again"},
	},
}

// Panne returns the cause of an error of SQLite that is no fault of the program.
func Panne(err error) (panne.Panne, bool) {
	var e *sqlite.Error
	if !errors.As(err, &e) {
		return panne.Panne{}, false
	}
	p, connue := pannesSQLite[e.Code()&0xff]
	if !connue {
		p = panne.Panne{
			Cause: modele.Texte{Fr: fmt.Sprintf("erreur n° %d de la base", e.Code()), En: fmt.Sprintf("database error %d", e.Code())},
			Aide:  modele.Texte{Fr: "guichet carnet verifier dit si le carnet est sain", En: "guichet carnet verifier says whether the ledger is sound"},
		}
	}
	return p, true
}
