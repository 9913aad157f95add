package depot

import (
	"fmt"
	"net/http"

	"guichet/diag"
	"guichet/internal/portail/accuse"
	"guichet/internal/portail/compte"
	"guichet/internal/portail/web"
	"guichet/modele"
)

// pageDepot is what depot.html shows: what became of a file, demande by demande.
type pageDepot struct {
	web.Page
	Depot      *Depot
	Rapport    diag.Fichier
	Reparables int // sure repairs that a file to download has
	Demandes   []ligneDemande
	Refusees   int
	Depose     bool // who looks may deposit
	Plus       int  // demandes that are not shown
	Jointes    []Jointe
	Accuse     []accuse.Rubrique // none for a simulation
}

// ligneDemande is one demande of the file.
type ligneDemande struct {
	NumLigne      int
	NumeroEditeur string
	NumeroASP     string // of an accepted one
	Code, Libelle string
	Anomalies     []diag.Diagnostic
}

// maxAnomalies is how many anomalies a page shows; the rest is in the file's own report.
const maxAnomalies = 500

// montrer shows one deposit.
func (s *Service) montrer(w http.ResponseWriter, r *http.Request) error {
	d, err := s.depotDe(r)
	if err != nil {
		return err
	}
	return s.presenter(w, r, d, modele.Texte{})
}

// presenter shows what became of a file, also of one that is not stored; dit is told once above it.
func (s *Service) presenter(w http.ResponseWriter, r *http.Request, d *Depot, dit modele.Texte) error {
	titre := modele.Texte{Fr: "Dépôt " + d.ImpID(), En: "Deposit " + d.ImpID()}
	if d.Simulation() {
		titre = modele.Texte{Fr: "Simulation de dépôt", En: "Simulated deposit"}
	}
	i, _ := compte.De(r.Context())
	p := &pageDepot{Page: web.NouvellePage(r, titre, filDepots), Depot: d, Refusees: d.Demandes - d.Acceptees, Depose: i.Peut(web.Deposant)}
	if dit != (modele.Texte{}) {
		p.Fait = dit
	}
	var err error
	if p.Jointes, err = s.jointes(r.Context(), d); err != nil {
		return err
	}
	if p.Rapport, p.Reparables, err = s.rapporter(r.Context(), d, p.Langue); err != nil {
		return err
	}
	if !d.Simulation() {
		a, err := s.Accuse(r.Context(), d)
		if err != nil {
			return err
		}
		p.Accuse = a.Rubriques(p.Langue)
	}
	p.lignes()
	return gabarits().Montrer(w, r, "depot.html", p)
}

// lignes gives each demande the answer that was given and the anomalies found, as many as a page can hold. Of a
// simulation, whose numbers are made up, only the demandes are shown that something is to be said about.
func (p *pageDepot) lignes() {
	montrees := len(p.Rapport.Structure)
	for i, x := range p.Rapport.Demandes {
		if p.Depot.Simulation() && len(x.Anomalies) == 0 {
			continue
		}
		l := ligneDemande{NumLigne: x.NumLigne, Anomalies: x.Anomalies}
		if x.NumeroEditeur != nil {
			l.NumeroEditeur = *x.NumeroEditeur
		}
		if p.Depot.Traitee() {
			l.Code, l.Libelle = p.Depot.Traitement(i)
			if l.Code == diag.Accepted {
				l.NumeroASP = p.Depot.NumeroASP(i)
			}
		}
		if montrees += len(x.Anomalies); montrees > maxAnomalies {
			p.Plus += len(x.Anomalies)
			l.Anomalies = nil
		}
		p.Demandes = append(p.Demandes, l)
	}
}

// Verdict is the word of the outcome.
func (p *pageDepot) Verdict() web.Etiquette { return etiquette(&p.Page, p.Depot.Verdict) }

// Reponse is the word of the answer to one demande.
func (p *pageDepot) Reponse(l ligneDemande) web.Etiquette {
	switch {
	case l.Code == "":
		return web.Etiquette{Ton: "neutre", Texte: p.T("non examinée", "not examined")}
	case l.NumeroASP != "":
		return web.Etiquette{Ton: "ok", Texte: p.T("acceptée", "accepted")}
	}
	return web.Etiquette{Ton: "erreur", Texte: p.T("refusée", "refused")}
}

// Etat is the word of what became of an archive.
func (p *pageDepot) Etat(j Jointe) web.Etiquette { return p.Etiquette(j.Ton, p.Tx(j.Mot)) }

// Gravite is the word of an anomaly's weight.
func (p *pageDepot) Gravite(d diag.Diagnostic) web.Etiquette {
	mots := map[modele.Gravite]web.Etiquette{
		modele.Rejet:  {Ton: "rejet", Texte: p.T("rejet", "rejection")},
		modele.Erreur: {Ton: "erreur", Texte: p.T("erreur", "error")},
		modele.Alerte: {Ton: "alerte", Texte: p.T("alerte", "warning")},
		modele.Info:   {Ton: "info", Texte: p.T("info", "info")},
	}
	return mots[d.Gravite]
}

// Trouvees tells whether some demande has an anomaly.
func (p *pageDepot) Trouvees() bool {
	for _, l := range p.Demandes {
		if len(l.Anomalies) > 0 {
			return true
		}
	}
	return p.Plus > 0
}

// anomalie is what the template "anomalie" shows.
type anomalie struct {
	D              diag.Diagnostic
	Gravite        web.Etiquette
	Lieu, Premiere string
}

// Anomalie makes the argument of the template "anomalie".
func (p *pageDepot) Anomalie(d diag.Diagnostic) anomalie {
	a := anomalie{D: d, Gravite: p.Gravite(d), Lieu: fmt.Sprintf(p.T("ligne %d, colonne %d", "line %d, column %d"), d.Ligne, d.Colonne)}
	if d.Premiere {
		a.Premiere = p.T("← l'erreur que porte le fichier retourné", "← the error that the returned file has")
	}
	return a
}
