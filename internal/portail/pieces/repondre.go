package pieces

import (
	"fmt"
	"net/http"
	"slices"

	"guichet/internal/portail/ecrit"
	"guichet/internal/portail/web"
	"guichet/modele"
)

// venue is a file of a form that was kept, or is known already: under the name that it has now.
type venue struct {
	nom string
	*Archive
}

// repondre leads back to the page of the documents, which lists what came. What was refused is named with its reason and
// what to do on the page that answers, and so is what had come before: nothing else would tell of it.
func (c *collecte) repondre(w http.ResponseWriter) error {
	if len(c.recues) == 0 && c.Valide() {
		c.rienChoisi()
	}
	for _, v := range c.recues {
		if v.Etat == Refusee {
			t := v.refus()
			c.Refuser(champArchives, t.Fr, t.En)
		}
	}
	texte := c.compter()
	if c.Valide() && len(c.connues()) == 0 {
		return web.AllerDire(w, c.r, c.AdressePieces(c.depot), texte)
	}
	return c.page(w, c.r, entier(c.Valeur("de")), func(p *pagePieces) {
		p.Fautes, p.Fait, p.Connues = c.Fautes, texte, c.connues()
		for i := range p.Connues { // with what was set aside of them
			n := slices.IndexFunc(p.Archives, func(a Archive) bool { return a.ID == p.Connues[i].Archive.ID })
			p.Connues[i].Archive = p.Archives[max(n, 0)]
		}
	})
}

func (c *collecte) rienChoisi() {
	if c.Valeur("forme") == "" {
		c.Refuser(champArchives, "Choisissez au moins une archive .zip ou un document.", "Choose at least one .zip archive or document.")
		return
	}
	c.Refuser(c.Valeur("forme"), "Choisissez un fichier sur une ligne au moins.", "Choose a file on one line at least.")
}

// compter says how many files came; nothing when all are refused.
func (c *collecte) compter() (t modele.Texte) {
	nouvelles := 0
	for _, v := range c.recues {
		if v.Etat != Refusee && !v.DejaRecue {
			nouvelles++
		}
	}
	if nouvelles == 0 {
		return t
	}
	return modele.Texte{Fr: fmt.Sprintf("Fichiers reçus : %d.", nouvelles), En: fmt.Sprintf("Files received: %d.", nouvelles)}
}

// connues are the files that had come before, and were not refused then.
func (c *collecte) connues() (toutes []connue) {
	for _, v := range c.recues {
		if v.DejaRecue && v.Etat != Refusee {
			toutes = append(toutes, connue{v.nom, *v.Archive, v.deja()})
		}
	}
	return toutes
}

// connue is a file of a form that had come before.
type connue struct {
	Nom     string
	Archive Archive
	Texte   modele.Texte
}

// Ton is that of a warning while something of it is to be done.
func (c connue) Ton() string {
	if c.Archive.Mauvaises+c.Archive.Ecartees > 0 {
		return "alerte"
	}
	return "info"
}

// refus says why a file was refused, now or when the same bytes came before, maybe under another name.
func (v venue) refus() modele.Texte {
	t := modele.Texte{Fr: v.Motif.Fr + " (" + v.Code + ")", En: v.Motif.En + " (" + v.Code + ")"}
	if !v.DejaRecue {
		return t
	}
	avant := v.avant(modele.Texte{Fr: "refusé", En: "refused"})
	return modele.Texte{Fr: avant.Fr + " : " + t.Fr, En: avant.En + ": " + t.En}
}

// deja says when the same bytes came, and that there is nothing to do.
func (v venue) deja() modele.Texte {
	t := v.avant(modele.Texte{Fr: "reçu", En: "received"})
	if v.Etat == Recue {
		return modele.Texte{Fr: t.Fr + ". Son examen est en cours : rien n'est à refaire.", En: t.En + ". It is being examined: nothing is to be done again."}
	}
	if v.Mauvaises+v.Ecartees > 0 {
		return modele.Texte{
			Fr: t.Fr + ". Voici ce qui en a été refusé ou écarté, et que faire ; le reste n'est pas à renvoyer.",
			En: t.En + ". Here is what of it was refused or set aside, and what to do; the rest is not to be sent again.",
		}
	}
	return modele.Texte{Fr: t.Fr + " : rien n'est perdu, ni à renvoyer.", En: t.En + ": nothing is lost, and nothing is to be sent again."}
}

// avant says under which name the same bytes came, and when.
func (v venue) avant(quoi modele.Texte) modele.Texte {
	nom, instant := court(v.nom), web.Heure(v.Recu)
	if v.nom == v.Nom {
		return modele.Texte{Fr: nom + " a déjà été " + quoi.Fr + " le " + instant.Fr, En: nom + " was " + quoi.En + " already on " + instant.En}
	}
	return modele.Texte{
		Fr: nom + " est le même fichier que " + court(v.Nom) + ", " + quoi.Fr + " le " + instant.Fr,
		En: nom + " is the same file as " + court(v.Nom) + ", " + quoi.En + " on " + instant.En,
	}
}

// court is a name that somebody chose, for a message: what does not print in it is seen.
func court(nom string) string {
	lettres := []rune(nom)
	if len(lettres) > 80 {
		nom = string(lettres[:80]) + "…"
	}
	return ecrit.Nom(nom)
}
