package enrolement

import (
	"errors"
	"fmt"

	"guichet/internal/portail/compte"
	"guichet/internal/portail/ecrit"
	"guichet/internal/portail/web"
	"guichet/modele"
)

// Etape is one part of a request: done, to complete, or in error.
type Etape struct {
	Nom      modele.Texte
	Adresse  string
	Commence bool           // something is there
	Dit      modele.Texte   // what is there, or what is missing
	Erreurs  []modele.Texte // what is wrong with what is there: rules may have changed since it was typed
	Fait     bool
}

// Etapes lists the parts of a request of enrolment, in the order of their pages.
func (s *Service) Etapes(e Enrolement) []Etape {
	return []Etape{s.etapeEntreprise(e.Dossier), s.etapeContact(e.Dossier), etapeLogiciels(e.Dossier), etapeBanque(e.Dossier), etapePieces(e)}
}

// restantes are those that keep a request from being sent.
func restantes(etapes []Etape) (n int) {
	for _, x := range etapes {
		if !x.Fait {
			n++
		}
	}
	return n
}

// etape tells of a part what has begun, and err of what is there.
func etape(nom modele.Texte, adresse string, commence bool, dit modele.Texte, err error) Etape {
	x := Etape{Nom: nom, Adresse: adresse, Commence: commence, Dit: dit}
	if commence {
		x.Erreurs = textes(err)
		x.Fait = len(x.Erreurs) == 0
	}
	return x
}

// textes are the words of faults.
func textes(err error) (liste []modele.Texte) {
	if e, ok := err.(interface{ Unwrap() []error }); ok {
		for _, x := range e.Unwrap() {
			liste = append(liste, textes(x)...)
		}
		return liste
	}
	var une *compte.Faute
	if errors.As(err, &une) {
		liste = append(liste, une.Texte)
	}
	return liste
}

func pareil(texte string) modele.Texte { return modele.Texte{Fr: texte, En: texte} }

func (s *Service) etapeEntreprise(d Dossier) Etape {
	err := errors.Join(d.Entreprise(d.SIRET, d.RaisonSociale, d.Adresse, d.HorsTVA), s.Comptes.NomLibre("raisonSociale", d.RaisonSociale))
	return etape(titreEntreprise, "/enrolement/entreprise", d.SIRET != "", pareil(d.RaisonSociale), err)
}

func (s *Service) etapeContact(d Dossier) Etape {
	err := d.Interlocuteur(d.Contact, d.Courriel, d.Telephone, d.Mandate)
	if d.Contact != "" {
		_, errNom := s.Comptes.NomPersonne("contact", d.Contact)
		err = errors.Join(err, errNom)
	}
	return etape(titreContact, "/enrolement/contact", d.Contact != "", pareil(d.Contact), err)
}

func etapeLogiciels(d Dossier) Etape {
	var err error
	var lus Dossier
	for _, l := range d.Logiciels {
		err = errors.Join(err, lus.Ajouter(l))
	}
	n := len(d.Logiciels)
	dit := ecrit.Compter(int64(n), modele.Texte{Fr: "logiciel", En: "software product"}, modele.Texte{Fr: "logiciels", En: "software products"})
	switch n {
	case 0:
		dit = modele.Texte{}
	case 1:
		dit = pareil(d.Logiciels[0].Nom)
	}
	return etape(titreLogiciels, "/enrolement/logiciels", n > 0, dit, err)
}

func etapeBanque(d Dossier) Etape {
	return etape(titreBanque, "/enrolement/banque", d.IBAN != "", pareil(Masquer(d.IBAN)), d.Banque(d.Titulaire, "", d.BIC))
}

// etapePieces counts the documents that are expected, by what was typed so far.
func etapePieces(e Enrolement) Etape {
	attendues := e.Attendues()
	x := Etape{Nom: titrePieces, Adresse: "/enrolement/pieces"}
	recues := 0
	var manque modele.Texte
	for _, g := range attendues {
		if e.Piece(g.Code) != nil {
			recues++
			continue
		}
		if manque.Fr != "" {
			manque.Fr, manque.En = manque.Fr+" ; ", manque.En+"; "
		}
		manque.Fr, manque.En = manque.Fr+g.Nom.Fr, manque.En+g.Nom.En
	}
	x.Commence, x.Fait = recues > 0, recues == len(attendues)
	x.Dit = modele.Texte{Fr: fmt.Sprintf("%d sur %d", recues, len(attendues)), En: fmt.Sprintf("%d of %d", recues, len(attendues))}
	if manque.Fr != "" {
		x.Dit.Fr, x.Dit.En = x.Dit.Fr+". Il manque : "+manque.Fr, x.Dit.En+". Missing: "+manque.En
	}
	return x
}

// pageAccueil is what accueil.html shows: a request under way, with its parts, or none.
type pageAccueil struct {
	page
	Etapes []Etape
	Lien   bool // one has been mailed
}

// EtatEtape is the word of a part.
func (p *page) EtatEtape(x Etape) web.Etiquette {
	switch {
	case x.Fait:
		return p.Etiquette("ok", p.T("fait", "done"))
	case len(x.Erreurs) > 0:
		return p.Etiquette("erreur", p.T("en erreur", "in error"))
	}
	return p.Etiquette("alerte", p.T("à compléter", "to complete"))
}

// EtatEnvoi is the word of the last part, which sends the request.
func (p *pageAccueil) EtatEnvoi() web.Etiquette {
	if p.Suite().Adresse == verification.Adresse {
		return p.Etiquette("info", p.T("à faire", "to do"))
	}
	return p.Etiquette("neutre", p.T("à la fin", "at the end"))
}

// Faites counts the parts that are done; sending, the last one, never is.
func (p *pageAccueil) Faites() string {
	n, toutes := len(p.Etapes)-restantes(p.Etapes), len(p.Etapes)+1
	return p.Compte(n, "étape faite", "étapes faites", "step done", "steps done") + fmt.Sprintf(p.T(" sur %d", " of %d"), toutes)
}

var verification = Etape{Nom: modele.Texte{Fr: "Vérifier et envoyer", En: "Check and send"}, Adresse: "/enrolement/verification"}

// Suite is the first part that is not done.
func (p *pageAccueil) Suite() Etape {
	for _, x := range p.Etapes {
		if !x.Fait {
			return x
		}
	}
	return verification
}
