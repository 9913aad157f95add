package instruction

import (
	"context"
	"database/sql"
	"fmt"
	"slices"
	"strings"
	"time"

	"guichet/internal/portail/db"
	"guichet/internal/portail/ecrit"
	"guichet/internal/portail/etat"
	"guichet/internal/portail/web"
	"guichet/modele"
)

// Avis counts the opinions on a demande: those that were asked for and not given back, those that were given, those against it.
type Avis struct{ Demandes, Rendus, Contre int }

// Manquent tells whether one was asked for and is not there.
func (a Avis) Manquent() bool { return a.Rendus < a.Demandes }

// Mot is what lists say of them, "avis 1/2"; "" where none was asked for.
func (a Avis) Mot() modele.Texte {
	if a.Demandes == 0 {
		return modele.Texte{}
	}
	n := fmt.Sprintf("%d/%d", a.Rendus, a.Demandes)
	return modele.Texte{Fr: "avis " + n, En: "opinions " + n}
}

// Opinion is what somebody was asked about a demande, and said of it.
type Opinion struct {
	Qui            string // who is asked
	Par            int64  // who asks
	Question       string
	Ton            string
	Mot            modele.Texte
	Texte          string
	Demande, Rendu time.Time // Rendu is zero as long as nothing was said
	Limite         time.Time
	Manque         bool // it is not there
	Attendu        bool // it is waited for
}

// motifAvis is why a demande is put aside that waits for opinions, as the database keeps it; people read attenteAvis.
const motifAvis = "avis"

var attenteAvis = modele.Texte{Fr: "avis demandés", En: "opinions were asked for"}

// Consulter keeps how many opinions a demande has, in the transaction that changes it: who has read the demande before reads it again.
// With a day, the demande is put aside until then, unless it is already, and stays with its agent; once none is waited for any more, it comes back.
func (s *Service) Consulter(ctx context.Context, tx *sql.Tx, c etat.Cle, a Avis, jusqua time.Time) error {
	err := db.Poser(ctx, tx, `UPDATE dossier SET avis = $1, avis_rendus = $2, avis_contre = $3, version = version + 1 WHERE depot_id = $4 AND rang = $5`, a.Demandes, a.Rendus, a.Contre, c.Depot, c.Rang)
	switch {
	case err != nil:
	case !jusqua.IsZero():
		err = db.Poser(ctx, tx, `UPDATE dossier SET bail = $6, attente = $1, attente_motif = $2 WHERE depot_id = $3 AND rang = $4 AND (attente <= $5 OR attente < $1 AND attente_motif = $2)`,
			db.Instant(jusqua), motifAvis, c.Depot, c.Rang, s.instant(), retour(jusqua))
	}
	if err != nil {
		return fmt.Errorf("count the opinions on a demande: %w", err)
	}
	return nil
}

// Revenir has a demande that was put aside for opinions come back to its agent before its day: none is waited for any more.
func (s *Service) Revenir(ctx context.Context, tx *sql.Tx, c etat.Cle) error {
	err := db.Poser(ctx, tx, `UPDATE dossier SET attente = 0, attente_motif = '', bail = CASE WHEN agent_id > 0 THEN $4 ELSE bail END WHERE depot_id = $1 AND rang = $2 AND attente > 0 AND attente_motif = $3`, c.Depot, c.Rang, motifAvis, retour(s.Maintenant()))
	if err != nil {
		return fmt.Errorf("bring a demande back: %w", err)
	}
	return nil
}

// motifAttente is why a demande is put aside, as people read it.
func motifAttente(p *web.Page, d *Dossier) string {
	if d.AttenteMotif == motifAvis {
		return p.Tx(attenteAvis)
	}
	return d.AttenteMotif
}

// What Filtre.Avis asks for.
const (
	AvecAvis     = "avec"     // an opinion was asked for
	AvisAttendus = "attendus" // one of them is not there
	AvisRendus   = "rendus"   // all of them are
)

type choixDAvis struct {
	Valeur string
	Nom    modele.Texte
}

var choixAvis = []choixDAvis{
	{"", modele.Texte{Fr: "Avec ou sans", En: "With or without"}},
	{AvecAvis, modele.Texte{Fr: "Demandés", En: "Asked for"}},
	{AvisAttendus, modele.Texte{Fr: "Il en manque", En: "One is missing"}},
	{AvisRendus, modele.Texte{Fr: "Tous rendus", En: "All given"}},
}

// siAvis narrows a list to the demandes on which opinions were asked for.
func siAvis(c *db.Conditions, quoi string) {
	switch quoi {
	case AvecAvis:
		c.Si("x.avis > 0")
	case AvisAttendus:
		c.Si("x.avis > 0 AND x.avis_rendus < x.avis")
	case AvisRendus:
		c.Si("x.avis > 0 AND x.avis_rendus = x.avis")
	}
}

// ChoixAvis are what a list may be narrowed to by the opinions on its demandes.
func (p *pageFile) ChoixAvis() (choix []web.Choix) {
	for _, n := range choixAvis {
		choix = append(choix, web.Choix{Valeur: n.Valeur, Libelle: p.Tx(n.Nom), Choisi: n.Valeur == p.champs.Avis})
	}
	return choix
}

// Manquants names those who have not said what they think though they were asked; "" for nobody.
func (p *pageFeuille) Manquants() string {
	var noms []string
	for _, o := range p.Opinions {
		if o.Manque {
			noms = append(noms, ecrit.Nom(o.Qui))
		}
	}
	return strings.Join(noms, ", ")
}

// Consulte tells whether who looks may ask for opinions.
func (p *pageFeuille) Consulte() bool { return p.Tiens() && etat.Permis(etat.Consulter, p.D.Etat) }

// opinions reads those on the demande of a sheet, and puts them into its history.
func (s *Service) opinions(ctx context.Context, p *pageFeuille) (err error) {
	if s.Config.Opinions == nil || p.D.Etat == etat.Incomplete {
		return nil
	}
	if p.Opinions, err = s.Config.Opinions(ctx, p.D.Cle); err != nil {
		return err
	}
	for _, o := range p.Opinions {
		p.Vue.Histoire = append(p.Vue.Histoire, Pas{Instant: o.Demande, Dit: modele.Texte{Fr: "avis demandé à " + ecrit.Nom(o.Qui), En: "opinion asked of " + ecrit.Nom(o.Qui)}, Muet: true})
		if !o.Rendu.IsZero() {
			p.Vue.Histoire = append(p.Vue.Histoire, Pas{Instant: o.Rendu, Dit: modele.Texte{Fr: "avis de " + ecrit.Nom(o.Qui) + " : " + strings.ToLower(o.Mot.Fr), En: "opinion by " + ecrit.Nom(o.Qui) + ": " + strings.ToLower(o.Mot.En)}, Muet: true})
		}
	}
	slices.SortStableFunc(p.Vue.Histoire, func(a, b Pas) int { return a.Instant.Compare(b.Instant) })
	return nil
}
