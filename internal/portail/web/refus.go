package web

import (
	"errors"
	"fmt"
	"net/http"

	"guichet/internal/portail/ecrit"
	"guichet/modele"
)

// Refus is an answer that is no page of the counter, told to the person in a page of its own.
type Refus struct {
	Etat  int // HTTP status, 4xx or 5xx
	Titre modele.Texte
	Texte modele.Texte // what was found, what was expected, what to do
	Cause error        // for the log alone

	champ string // that is too long

	Attendre int // seconds until trying again is worth it, told to programs; 0 for nothing to tell
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
	dans := ecrit.Compter(int64(secondes), modele.Texte{Fr: "seconde", En: "second"}, modele.Texte{Fr: "secondes", En: "seconds"})
	if secondes > 90 {
		dans = ecrit.Compter(int64((secondes+59)/60), modele.Texte{Fr: "minute", En: "minute"}, modele.Texte{Fr: "minutes", En: "minutes"})
	}
	return &Refus{
		Etat: http.StatusTooManyRequests, Attendre: secondes,
		Titre: modele.Texte{Fr: "Trop de demandes à la fois", En: "Too many requests"},
		Texte: modele.Texte{
			Fr: "Votre réseau, que d'autres partagent peut-être, en a fait beaucoup. Recommencez dans " + dans.Fr + ". Si c'est urgent, écrivez à l'agence, ou appelez-la : le bas de la page dit comment.",
			En: "Your network, which others may share, has made many. Try again in " + dans.En + ". If it is urgent, write to the agency, or call it: the foot of the page says how.",
		},
	}
}

// SansPlace answers when the disk is full.
func SansPlace(cause error) *Refus {
	return &Refus{
		Etat:  http.StatusInsufficientStorage,
		Titre: modele.Texte{Fr: "Le guichet manque de place", En: "The counter is short of room"},
		Texte: modele.Texte{
			Fr: "Son disque est plein : rien de cet envoi n'est gardé. L'agence en est avertie. Réessayez plus tard ; lire et suivre vos demandes reste possible.",
			En: "Its disk is full: nothing of what was sent is kept. The agency is told. Try again later; you can still read and follow your requests.",
		},
		Cause: cause, Attendre: 600,
	}
}

// Absent answers while the database is away.
func Absent(cause error) *Refus {
	return &Refus{
		Etat:  http.StatusServiceUnavailable,
		Titre: modele.Texte{Fr: "Le guichet ne répond pas pour l'instant", En: "The counter does not answer for the moment"},
		Texte: modele.Texte{
			Fr: "Sa base de données est arrêtée ou redémarre. Réessayez dans quelques secondes ; après un envoi, regardez d'abord s'il est arrivé.",
			En: "Its database is stopped or starting. Try again in a few seconds; after sending something, look first whether it has arrived.",
		},
		Cause: cause, Attendre: 2,
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

// RefusDe is what a request would be answered for an error: for who has more to say of what was done before.
func RefusDe(r *http.Request, err error) *Refus {
	q := requeteDe(r.Context())
	return q.site.refusDe(err, q.reference)
}

// refusDe finds the page for an error.
func (s *Site) refusDe(err error, reference string) *Refus {
	var refus *Refus
	if errors.As(err, &refus) {
		return refus
	}
	if s.Expliquer != nil {
		if refus = s.Expliquer(err); refus != nil {
			return refus
		}
	}
	return panne(reference, err)
}
