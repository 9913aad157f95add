package suivi

import (
	"net/http"
	"net/url"

	"guichet/internal/portail/compte"
	"guichet/internal/portail/etat"
	"guichet/internal/portail/web"
	"guichet/modele"
)

// pageAccueil is what accueillir.html shows: what there is to do, and the figures.
type pageAccueil struct {
	web.Page
	Chiffres    *Chiffres
	Incompletes int64
	AModifier   int64
	Echeances   map[etat.Etat]Echeance // the nearest ones
	NonLus      int64
	AFaire      []web.Lien // besides
	Agent       bool
	Peut        bool   // may deposit and write
	Chef        bool   // decides who else acts
	Adresse     string // of the site
}

var titreAccueil = modele.Texte{Fr: "Accueil", En: "Home"}

func (s *Service) accueillir(w http.ResponseWriter, r *http.Request) error {
	i, err := qui(r)
	if err != nil {
		return err
	}
	p := &pageAccueil{Page: web.NouvellePage(r, titreAccueil), Agent: estAgence(i), Peut: peutEcrire(i), Chef: i.Role == compte.Proprietaire, Adresse: s.Adresse}
	if p.Chiffres, err = s.Chiffrer(r.Context(), i.Fournisseur); err != nil {
		return err
	}
	for _, e := range p.Chiffres.Etats {
		switch e.Etat {
		case etat.Incomplete:
			p.Incompletes = e.Nombre
		case etat.AModifier:
			p.AModifier = e.Nombre
		}
	}
	if !p.Agent {
		if p.Echeances, err = s.premieres(r.Context(), i.Fournisseur); err != nil {
			return err
		}
	}
	if p.NonLus, err = s.NonLus(r.Context(), i); err != nil {
		return err
	}
	if s.AFaire != nil {
		if p.AFaire, err = s.AFaire(r.Context(), i); err != nil {
			return err
		}
	}
	return gabarits().Montrer(w, r, "accueillir.html", p)
}

// Avant tells the nearest deadline of the demandes in a state; "" for none.
func (p *pageAccueil) Avant(e string) string { return p.Tx(p.Echeances[etat.Etat(e)].Texte()) }

// Prochaine tells the nearest day by which the agency decides; "" for none.
func (p *pageAccueil) Prochaine() string {
	a, b := p.Echeances[etat.Complete], p.Echeances[etat.Instruction]
	if a.Jour.IsZero() || !b.Jour.IsZero() && b.Jour.Before(a.Jour) {
		a = b
	}
	return p.Tx(a.Texte())
}

// Rien tells whether nothing waits for the person.
func (p *pageAccueil) Rien() bool {
	return p.NonLus == 0 && len(p.AFaire) == 0 && (p.Agent || p.Incompletes+p.AModifier == 0)
}

// Vierge tells whether nothing was ever deposited.
func (p *pageAccueil) Vierge() bool {
	n := int64(len(p.Chiffres.Rejets))
	for _, e := range p.Chiffres.Etats {
		n += e.Nombre
	}
	for _, s := range p.Chiffres.Semaines {
		n += s.Depots
	}
	return n == 0
}

// ParEtat, ParSemaine, Montants and Rejets are the charts.
func (p *pageAccueil) ParEtat() web.Graphique {
	g := web.Graphique{Titre: p.T("Demandes par état", "Requests by state"), Colonne: p.T("État", "State"), Mesure: p.T("Demandes", "Requests")}
	for _, e := range p.Chiffres.Etats {
		b := web.Barre{Nom: p.Tx(e.Nom), Valeur: e.Nombre, Texte: p.Nombre(e.Nombre)}
		if e.Nombre > 0 {
			b.Lien = p.lienEtat(e.Etat)
		}
		g.Barres = append(g.Barres, b)
	}
	return g
}

// lienEtat leads to the list that a state is counted of.
func (p *pageAccueil) lienEtat(e etat.Etat) string {
	switch {
	case !p.Agent:
		return "/demandes?etat=" + string(e)
	case e == etat.Incomplete:
		return "/sans-pieces"
	}
	return "/travail?file=toutes&etat=" + string(e)
}

// ParSemaine is the demandes accepted at deposit in each week.
func (p *pageAccueil) ParSemaine() web.Graphique {
	g := web.Graphique{
		Titre: p.T("Demandes acceptées au dépôt, par semaine", "Requests accepted at deposit, by week"), Colonne: p.T("Semaine du", "Week of"), Mesure: p.T("Demandes", "Requests"),
	}
	for _, x := range p.Chiffres.Semaines {
		b := web.Barre{Nom: p.Jour(x.Lundi), Valeur: x.Acceptees, Texte: p.Nombre(x.Acceptees)}
		if !p.Agent && x.Acceptees > 0 {
			const jour = "02/01/2006"
			b.Lien = "/demandes?" + url.Values{"du": {x.Lundi.Format(jour)}, "au": {x.Lundi.AddDate(0, 0, 6).Format(jour)}}.Encode()
		}
		g.Barres = append(g.Barres, b)
	}
	return g
}

// Montants is the euros asked and granted.
func (p *pageAccueil) Montants() web.Graphique {
	g := web.Graphique{Titre: p.T("Montants hors taxe", "Amounts before tax"), Colonne: p.T("Étape", "Step"), Mesure: p.T("Euros", "Euros")}
	for _, x := range []struct {
		nom modele.Texte
		n   int64
	}{
		{modele.Texte{Fr: "Demandé", En: "Asked"}, p.Chiffres.Demande},
		{modele.Texte{Fr: "Accordé", En: "Granted"}, p.Chiffres.Accorde},
	} {
		g.Barres = append(g.Barres, web.Barre{Nom: p.Tx(x.nom), Valeur: x.n, Texte: p.Montant(x.n)})
	}
	return g
}

// Avances is the advances granted and paid: 30 % of what is granted, rounded one by one.
func (p *pageAccueil) Avances() web.Graphique {
	g := web.Graphique{Titre: p.T("Avances de 30 %", "Advances of 30%"), Colonne: p.T("Étape", "Step"), Mesure: p.T("Euros", "Euros")}
	for _, x := range []struct {
		nom modele.Texte
		n   int64
	}{
		{modele.Texte{Fr: "Accordées", En: "Granted"}, p.Chiffres.Avance},
		{modele.Texte{Fr: "Payées", En: "Paid"}, p.Chiffres.Paye},
	} {
		g.Barres = append(g.Barres, web.Barre{Nom: p.Tx(x.nom), Valeur: x.n, Texte: p.Montant(x.n)})
	}
	return g
}

// Rejets is why demandes and files were rejected at deposit.
func (p *pageAccueil) Rejets() web.Graphique {
	g := web.Graphique{Titre: p.T("Motifs de rejet au dépôt", "Reasons for rejection at deposit"), Colonne: p.T("Motif", "Reason"), Mesure: p.T("Fois, dans tous les dépôts", "Times, in all deposits")}
	for _, x := range p.Chiffres.Rejets {
		nom := x.Code
		if t := p.Tx(x.Titre); t != "" {
			nom += " – " + t
		}
		b := web.Barre{Nom: nom, Valeur: x.Nombre, Texte: p.Compte(x.Nombre, "fois", "fois", "time", "times")}
		if !p.Agent {
			b.Lien = "/depots?motif=" + url.QueryEscape(x.Code)
		}
		g.Barres = append(g.Barres, b)
	}
	return g
}
