package web

import (
	"errors"
	"fmt"
	"net/http"

	"guichet/modele"
)

// Refus is an answer that is no page of the counter, told to the person in a page of its own.
type Refus struct {
	Etat  int // HTTP status, 4xx or 5xx
	Titre modele.Texte
	Texte modele.Texte // what was found, what was expected, what to do
	Cause error        // for the log alone
}

func (r *Refus) Error() string {
	if r.Cause != nil {
		return fmt.Sprintf("%s: %v", r.Titre.En, r.Cause)
	}
	return r.Titre.En
}

func (r *Refus) Unwrap() error { return r.Cause }

// The refusals that need no more words. What a person may not see is Introuvable to that person.
var (
	Introuvable error = &Refus{
		Etat:  http.StatusNotFound,
		Titre: modele.Texte{Fr: "Page introuvable", En: "Page not found"},
		Texte: modele.Texte{
			Fr: "Il n'y a rien à cette adresse, ou rien que vous puissiez voir. Vérifiez l'adresse, ou repartez de l'accueil.",
			En: "There is nothing at this address, or nothing that you may see. Check the address, or start again from the home page.",
		},
	}
	Interdit error = &Refus{
		Etat:  http.StatusForbidden,
		Titre: modele.Texte{Fr: "Envoi refusé", En: "Refused"},
		Texte: modele.Texte{
			Fr: "Cet envoi ne vient pas d'une page de ce site. Rien n'a été fait. Ouvrez la page ici, puis recommencez.",
			En: "This was not sent from a page of this site. Nothing was done. Open the page here, then try again.",
		},
	}
)

func sansMethode() *Refus {
	return &Refus{
		Etat:  http.StatusMethodNotAllowed,
		Titre: modele.Texte{Fr: "Action impossible ici", En: "Not possible here"},
		Texte: modele.Texte{
			Fr: "Cette adresse ne s'utilise pas ainsi. Repartez de la page d'où vous venez.",
			En: "This address is not used in this way. Start again from the page that you came from.",
		},
	}
}

func tropGros(limite int64) *Refus {
	return &Refus{
		Etat:  http.StatusRequestEntityTooLarge,
		Titre: modele.Texte{Fr: "Envoi trop volumineux", En: "Too large"},
		Texte: modele.Texte{
			Fr: "L'envoi dépasse la limite de " + Taille(limite).In(modele.Francais) + ". Rien n'a été gardé. Envoyez moins à la fois.",
			En: "What was sent is over the limit of " + Taille(limite).In(modele.Anglais) + ". Nothing was kept. Send less at a time.",
		},
	}
}

// TropVite refuses who comes too often; secondes is when to come back.
func TropVite(secondes int) *Refus {
	return &Refus{
		Etat:  http.StatusTooManyRequests,
		Titre: modele.Texte{Fr: "Trop de demandes à la fois", En: "Too many requests"},
		Texte: modele.Texte{
			Fr: fmt.Sprintf("Attendez %d secondes, puis recommencez.", secondes),
			En: fmt.Sprintf("Wait %d seconds, then try again.", secondes),
		},
	}
}

func panne(reference string, cause error) *Refus {
	return &Refus{
		Etat:  http.StatusInternalServerError,
		Titre: modele.Texte{Fr: "Le guichet n'a pas pu répondre", En: "The counter could not answer"},
		Texte: modele.Texte{
			Fr: "L'erreur est de notre côté, et elle est notée sous la référence " + reference + ". Recommencez ; si cela se répète, donnez-nous cette référence.",
			En: "The error is ours, and it is noted under the reference " + reference + ". Try again; if it happens once more, give us this reference.",
		},
		Cause: cause,
	}
}

// refusDe finds the page for an error.
func refusDe(err error, reference string) *Refus {
	var refus *Refus
	if errors.As(err, &refus) {
		return refus
	}
	return panne(reference, err)
}
