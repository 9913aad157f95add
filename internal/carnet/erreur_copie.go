package carnet

import (
	"fmt"

	"guichet/modele"
)

// ErreurPerdu says that the ledger that was here is gone.
type ErreurPerdu struct {
	Chemin  string
	Numeros int // that it knew
}

func (e *ErreurPerdu) Error() string { return e.Texte().En }

// Texte says what to do.
func (e *ErreurPerdu) Texte() modele.Texte {
	return modele.Texte{
		Fr: fmt.Sprintf("le carnet %s a disparu : il connaissait %s, un nouveau les redonnerait ; remettez une sauvegarde (guichet carnet restaurer FICHIER), refaites-le d'après les fichiers déposés et retournés (guichet carnet reconstruire), ou recommencez à neuf (guichet carnet nouveau)", e.Chemin, combien(e.Numeros, "numéro", "numéros")),
		En: fmt.Sprintf("the ledger %s is gone: it knew %s, a new one would give them again; put a backup back (guichet carnet restaurer FILE), make it again from the files deposited and returned (guichet carnet reconstruire), or begin anew (guichet carnet nouveau)", e.Chemin, combien(e.Numeros, "number", "numbers")),
	}
}

// ErreurAncien says that the ledger is older than what was done in its folder.
type ErreurAncien struct {
	Chemin            string
	Numeros, Attendus int
}

func (e *ErreurAncien) Error() string { return e.Texte().En }

// Texte says what to do.
func (e *ErreurAncien) Texte() modele.Texte {
	if e.Numeros >= e.Attendus { // as many, and not the same: not an older one of this folder
		return modele.Texte{
			Fr: fmt.Sprintf("le carnet %s ne connaît pas le dernier lot fait dans ce dossier : il vient d'un autre dossier, ou d'un carnet refait ; il pourrait redonner des numéros déjà donnés ; remettez le carnet d'ici, ou complétez celui-ci d'après les fichiers déposés et retournés ici (guichet carnet reconstruire)", e.Chemin),
			En: fmt.Sprintf("the ledger %s does not know the last lot made in this folder: it comes from another folder, or from a ledger that was made again; it might give numbers again; put the ledger of here back, or complete this one from the files deposited and returned here (guichet carnet reconstruire)", e.Chemin),
		}
	}
	return modele.Texte{
		Fr: fmt.Sprintf("le carnet %s n'est pas le plus récent de ce dossier (il connaît %s, %d au dernier lot fait ici) : il redonnerait des numéros déjà donnés ; remettez le plus récent, ou complétez celui-ci d'après les fichiers déposés et retournés (guichet carnet reconstruire)", e.Chemin, combien(e.Numeros, "numéro", "numéros"), e.Attendus),
		En: fmt.Sprintf("the ledger %s is not the latest of this folder (it knows %s, %d at the last lot made here): it would give numbers again; put the latest one back, or complete this one from the files deposited and returned (guichet carnet reconstruire)", e.Chemin, combien(e.Numeros, "number", "numbers"), e.Attendus),
	}
}

// ErreurCopie says that the ledger comes from elsewhere: perhaps the other one is still used.
type ErreurCopie struct {
	Chemin  string
	Origine string // the folder that it was used in; "" when nobody knows
}

func (e *ErreurCopie) Error() string { return e.Texte().En }

// Texte says what to do.
func (e *ErreurCopie) Texte() modele.Texte {
	t := modele.Texte{Fr: "une copie venue d'ailleurs", En: "a copy from elsewhere"}
	if e.Origine != "" {
		t = modele.Texte{Fr: "une copie, ou il a été déplacé : il servait dans " + e.Origine, En: "a copy, or was moved: it was used in " + e.Origine}
	}
	return modele.Texte{
		Fr: fmt.Sprintf("le carnet %s est %s ; deux carnets qui servent donnent deux fois les mêmes numéros : si l'autre ne sert plus et que celui-ci est le plus récent, dites-le avec guichet carnet adopter", e.Chemin, t.Fr),
		En: fmt.Sprintf("the ledger %s is %s; two ledgers in use give the same numbers twice: if the other one is no longer used and this one is the latest, say so with guichet carnet adopter", e.Chemin, t.En),
	}
}

// ErreurEtranger says that something else than guichet wrote the ledger since the last run, or that its disk fails.
type ErreurEtranger struct{ Chemin string }

func (e *ErreurEtranger) Error() string { return e.Texte().En }

// Texte says what to do.
func (e *ErreurEtranger) Texte() modele.Texte {
	return modele.Texte{
		Fr: fmt.Sprintf("le carnet %s n'a plus le contenu que guichet y a laissé : un autre programme y a écrit, ou le disque l'a abîmé ; rien n'y a été écrit ; remettez une sauvegarde (guichet carnet restaurer FICHIER) ou, si vous savez ce qui a été changé et que c'est voulu, dites-le avec guichet carnet adopter", e.Chemin),
		En: fmt.Sprintf("the ledger %s is no longer what guichet left: another program wrote it, or the disk has damaged it; nothing was written to it; put a backup back (guichet carnet restaurer FILE) or, if you know what was changed and want it so, say so with guichet carnet adopter", e.Chemin),
	}
}

// ErreurFichiers says that files of the output folder have numbers that the ledger does not know.
type ErreurFichiers struct {
	Chemin, Dossier string
	Ailleurs        string // the folder, where it is not the one that is taken without being named
	Vide            bool   // the ledger knows nothing
	Fichiers        []string
	Numeros         int
	Premier         string // number
}

func (e *ErreurFichiers) Error() string { return e.Texte().En }

// Texte says what was found and what to do.
func (e *ErreurFichiers) Texte() modele.Texte {
	etat := modele.Texte{Fr: "ne connaît pas", En: "does not know"}
	faire := modele.Texte{
		Fr: "guichet carnet reconstruire" + e.Ailleurs + " les lui apprend",
		En: "guichet carnet reconstruire" + e.Ailleurs + " teaches it them",
	}
	if e.Vide {
		etat = modele.Texte{Fr: "est vide ou absent, il ne connaît pas", En: "is empty or absent, it does not know"}
		faire = modele.Texte{
			Fr: "remettez une sauvegarde (guichet carnet restaurer FICHIER), refaites-le d'après ces fichiers (guichet carnet reconstruire" + e.Ailleurs + "), ou recommencez à neuf (guichet carnet nouveau)",
			En: "put a backup back (guichet carnet restaurer FILE), make it again from these files (guichet carnet reconstruire" + e.Ailleurs + "), or begin anew (guichet carnet nouveau)",
		}
	}
	lesquels := e.Fichiers[0]
	if n := len(e.Fichiers) - 1; n > 0 {
		lesquels += fmt.Sprintf(" (+ %d)", n)
	}
	return modele.Texte{
		Fr: fmt.Sprintf("le carnet %s %s %s de %s : %s (%s…), qu'il redonnerait ; %s", e.Chemin, etat.Fr, lesquels, e.Dossier, combien(e.Numeros, "numéro", "numéros"), e.Premier, faire.Fr),
		En: fmt.Sprintf("the ledger %s %s %s of %s: %s (%s…), which it would give again; %s", e.Chemin, etat.En, lesquels, e.Dossier, combien(e.Numeros, "number", "numbers"), e.Premier, faire.En),
	}
}

func combien(n int, un, plusieurs string) string {
	if n == 1 {
		return "1 " + un
	}
	return fmt.Sprintf("%d %s", n, plusieurs)
}
