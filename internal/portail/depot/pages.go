package depot

import (
	"embed"
	"errors"
	"net/http"
	"sync"

	"guichet/diag"
	"guichet/internal/portail/compte"
	"guichet/internal/portail/web"
	"guichet/modele"
)

//go:embed *.html
var fichiersPages embed.FS

var gabarits = sync.OnceValue(func() web.Jeu { return web.Gabarits(fichiersPages, "communs.html") })

// enveloppe is what a form with a file weighs beside the file, in bytes.
const enveloppe = 64 << 10

// Routes lists the pages of deposits.
func (s *Service) Routes() []web.Route {
	return []web.Route{
		{Motif: "GET /deposer", Acces: web.Deposant, Servir: s.preparer},
		{Motif: "POST /deposer", Acces: web.Deposant, Servir: s.recevoir, Corps: s.maxCorps(), Trop: s.trop()},
		{Motif: "GET /depots", Acces: web.Lecteur, Servir: s.lister},
		{Motif: "GET /depots/{depot}", Acces: web.Lecteur, Servir: s.montrer},
		{Motif: "GET /depots/{depot}/regles/{code}", Acces: web.Lecteur, Servir: s.montrerRegle(s.depotDe)},
		{Motif: "GET /depots/{depot}/rapport/{format}", Acces: web.Lecteur, Servir: s.donner(s.depotDe, s.rapport)},
		{Motif: "GET /depots/{depot}/accuse", Acces: web.Lecteur, Servir: s.montrerAccuse},
		{Motif: "GET /depots/{depot}/accuse.pdf", Acces: web.Lecteur, Servir: s.donner(s.depotDe, s.accusePDF)},
		{Motif: "GET /depots/{depot}/fichier", Acces: web.Lecteur, Servir: s.donner(s.depotDe, s.original)},
		{Motif: "GET /depots/{depot}/retour", Acces: web.Lecteur, Servir: s.donner(s.depotDe, s.retourne)},
		{Motif: "GET /depots/{depot}/corrige", Acces: web.Lecteur, Servir: s.donner(s.depotDe, s.repare)},
		{Motif: "POST /controler", Acces: web.Deposant, Page: "/deposer", Servir: s.controler, Corps: s.maxCorps(), Trop: s.trop()},
		{Motif: "GET /controles/{controle}", Acces: web.Lecteur, Servir: s.montrerControle},
		{Motif: "GET /controles/{controle}/regles/{code}", Acces: web.Lecteur, Servir: s.montrerRegle(s.controleDe)},
		{Motif: "GET /controles/{controle}/rapport/{format}", Acces: web.Lecteur, Servir: s.donner(s.controleDe, s.rapport)},
		{Motif: "GET /controles/{controle}/corrige", Acces: web.Lecteur, Servir: s.donner(s.controleDe, s.repare)},
		{Motif: "POST /controles/{controle}/deposer", Acces: web.Deposant, Page: "/controles/{controle}", Servir: s.deposerControle},
	}
}

var filDepots = web.Lien{Nom: modele.Texte{Fr: "Dépôts", En: "Deposits"}, Adresse: "/depots"}

// depotDe finds the deposit that an address names, if the person's supplier made it. To others there is none.
func (s *Service) depotDe(r *http.Request) (*Depot, error) {
	i, ok := compte.De(r.Context())
	id, lu := LireImpID(r.PathValue("depot"))
	if !ok || !lu || i.Fournisseur == compte.Agence {
		return nil, web.Introuvable
	}
	d, err := s.Depot(r.Context(), i.Fournisseur, id)
	if errors.Is(err, ErrInconnu) {
		return nil, web.Introuvable
	}
	return d, err
}

// Verdict is the word of a deposit's outcome.
func etiquette(p *web.Page, v diag.Verdict) web.Etiquette {
	mots := map[diag.Verdict]web.Etiquette{
		diag.Accepte:   {Ton: "ok", Texte: p.T("accepté", "accepted")},
		diag.Partiel:   {Ton: "alerte", Texte: p.T("accepté en partie", "accepted in part")},
		diag.Refuse:    {Ton: "erreur", Texte: p.T("refusé", "refused")},
		diag.Rejete:    {Ton: "rejet", Texte: p.T("rejeté", "rejected")},
		diag.Illisible: {Ton: "rejet", Texte: p.T("illisible", "unreadable")},
	}
	return mots[v]
}
