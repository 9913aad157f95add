package suivi

import (
	"context"
	"regexp"
	"slices"
	"strings"

	"guichet/diag"
	"guichet/internal/portail/ecrit"
	"guichet/internal/portail/etat"
	"guichet/internal/portail/web"
	"guichet/modele"
)

// ouvrir finds the tags that the agency has opened for correction.
func (s *Service) ouvrir(ctx context.Context, p *pageDemande, c *contenu) error {
	p.contenu = c
	if p.Demande.Etat != etat.AModifier {
		return nil
	}
	pointeurs, err := s.ouvertes(ctx, s.Base.Lire(), p.Demande.Cle)
	if err != nil {
		return err
	}
	for _, o := range c.ouvrables() {
		if slices.Contains(pointeurs, o.Pointeur) {
			p.Ouvertes = append(p.Ouvertes, o)
		}
	}
	return nil
}

// nomChamp is the field of an open tag.
func nomChamp(pointeur string) string { return "valeur" + strings.ReplaceAll(pointeur, "/", ".") }

// Saisir is the field of an open tag: labelled by the table, with its format, filled in with what stands.
func (p *pageDemande) Saisir(o Ouvrable) web.Champ {
	nom, t := nomChamp(o.Pointeur), o.Champ.Type
	libelle := p.Tx(o.Nom) + " (" + o.Champ.Balise + ")"
	if choix := p.choix(o); choix != nil {
		return p.Champ("liste", nom, libelle, p.Choix(choix))
	}
	genre, aide := "texte", p.T("Format : ", "Format: ")+modele.Format(t, p.Langue)
	switch t.Genre {
	case modele.Montant:
		return p.Champ("montant", nom, libelle, p.Rempli(o.Saisie))
	case modele.TableauValeurs:
		genre, aide = "long", p.T("Les valeurs, séparées par des virgules. ", "The values, between commas. ")+aide
	}
	return p.Champ(genre, nom, libelle, p.Rempli(o.Saisie), p.Aide(aide), p.Borne(maxSaisie))
}

// choix are the values of a tag of a closed list; nil for another one.
func (p *pageDemande) choix(o Ouvrable) []web.Choix {
	valeurs := [][2]string{{"", p.T("(sans valeur)", "(no value)")}}
	switch t := o.Champ.Type; t.Genre {
	case modele.Booleen:
		valeurs = append(valeurs, [2]string{"true", p.T("oui", "yes")}, [2]string{"false", p.T("non", "no")})
	case modele.Choix:
		for _, v := range t.Valeurs {
			valeurs = append(valeurs, [2]string{v, v})
		}
	case modele.Code:
		for _, e := range t.Nomenclature.Codes {
			valeurs = append(valeurs, [2]string{e.Code, e.Code + " – " + e.Libelle})
		}
	default:
		return nil
	}
	if !slices.ContainsFunc(valeurs, func(v [2]string) bool { return v[0] == o.Saisie }) { // a tolerated spelling
		valeurs = append(valeurs, [2]string{o.Saisie, o.Saisie})
	}
	var choix []web.Choix
	for _, v := range valeurs {
		choix = append(choix, web.Choix{Valeur: v[0], Libelle: v[1], Choisi: v[0] == o.Saisie})
	}
	return choix
}

// saisies are the corrections that an answer makes: the open tags whose values were changed. No other field is looked at.
func (p *pageDemande) saisies() (corrections []Correction) {
	for _, o := range p.Ouvertes {
		nom := nomChamp(o.Pointeur)
		saisie := p.Valeur(nom)
		if !p.Formulaire.Donne(nom) || saisie == strings.TrimSpace(o.Saisie) {
			continue
		}
		if n := len([]rune(saisie)); n > maxSaisie {
			t := ecrit.TropLong(modele.Texte{Fr: "la valeur", En: "the value"}, maxSaisie, n)
			p.Refuser(nom, t.Fr, t.En)
			continue
		}
		var centimes int64
		if o.Champ.Type.Genre == modele.Montant {
			centimes = p.Centimes(nom)
		}
		if l := litteral(o.Champ.Type, saisie, centimes); l != o.Litteral {
			corrections = append(corrections, Correction{Pointeur: o.Pointeur, avant: o.Litteral, apres: l})
		}
	}
	return corrections
}

// recontroler makes the controls of a deposit again on the demande with its corrections. What they find that was not there before is told
// at the fields; nil then, and where nothing is corrected.
func (s *Service) recontroler(ctx context.Context, p *pageDemande) (*nouvelles, error) {
	n := &nouvelles{corrections: p.saisies()}
	if !p.Valide() || len(n.corrections) == 0 {
		return nil, nil
	}
	for _, x := range p.Corrections {
		n.version = max(n.version, x.Version)
	}
	corrige, err := p.contenu.corriger(slices.Concat(p.Corrections, n.corrections))
	if err != nil {
		return nil, err
	}
	if n.avant, err = s.Recontroler(ctx, p.Demande.Fournisseur, p.Demande.Depot, p.contenu.seul(), p.Langue); err != nil {
		return nil, err
	}
	if n.apres, err = s.Recontroler(ctx, p.Demande.Fournisseur, p.Demande.Depot, corrige.seul(), p.Langue); err != nil {
		return nil, err
	}
	p.refuserAnomalies(n)
	return n, nil
}

// perdrait is why the file of a demande cannot be read, where an answer corrects something of it; nil for an answer without a correction, and
// for a file that can be read.
func (s *Service) perdrait(ctx context.Context, p *pageDemande) error {
	if !p.Illisible {
		return nil
	}
	pointeurs, err := s.ouvertes(ctx, s.Base.Lire(), p.Demande.Cle)
	if err == nil && slices.ContainsFunc(pointeurs, func(x string) bool { return p.Formulaire.Donne(nomChamp(x)) }) {
		err = p.lecture
	}
	return err
}

// refuserAnomalies tells what the corrections break.
func (p *pageDemande) refuserAnomalies(n *nouvelles) {
	for _, a := range n.apres.Anomalies {
		deja := slices.ContainsFunc(n.avant.Anomalies, func(b diag.Diagnostic) bool {
			return a.Code == b.Code && a.Pointeur == b.Pointeur && a.Message == b.Message
		})
		if deja {
			continue
		}
		texte := p.T("Règle ", "Rule ") + a.Code + p.T(" : ", ": ") + surLaPage(a.Message, p.Langue)
		if aide := surLaPage(a.Aide, p.Langue); aide != "" {
			texte += p.T(" ; à faire : ", "; what to do: ") + aide
		}
		p.Refuser(p.champDe(a), texte+".", texte+".")
	}
}

// champDe is the field of an anomaly; "" where no open tag is at fault.
func (p *pageDemande) champDe(a diag.Diagnostic) string {
	racine := "/" + p.contenu.modele.Lignes + "/0"
	for _, o := range p.Ouvertes {
		if ici := racine + o.reel; a.Pointeur == ici || strings.HasPrefix(a.Pointeur, ici+"/") {
			return nomChamp(o.Pointeur)
		}
	}
	return ""
}

// What controls say to who has a file before them, and a program: a place in the file, a command in brackets, or at the end of what there is to do.
var (
	auFichier        = regexp.MustCompile(`(?:at )?(?:ligne|line) \d+(?:, (?:colonne|column) \d+)?`)
	entreParentheses = regexp.MustCompile(` ?\([^()]*\bguichet [a-z]+[^()]*\)`)
	aLaCommande      = regexp.MustCompile(`^.*\bguichet [a-z]+.*$`)
)

// surLaPage is what a control says to who has the fields of a page before them.
func surLaPage(texte string, l modele.Langue) string {
	texte = auFichier.ReplaceAllString(texte, modele.Texte{Fr: "dans cette demande", En: "in this request"}.In(l))
	return aLaCommande.ReplaceAllString(entreParentheses.ReplaceAllString(texte, ""), "")
}
