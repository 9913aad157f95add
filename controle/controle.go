// Package controle makes the two controls of §1.2 and the remarks beyond them, in one walk over a file:
// what the portal would answer, and every anomaly of every demande.
package controle

import (
	"time"

	"guichet/diag"
	"guichet/jsondoc"
	"guichet/modele"
	"guichet/referentiel"
)

// Options are what a control knows besides the file. The zero value is fine: what is not known is not
// checked.
type Options struct {
	Nom          string          // name the file has or will have; "" if it has none
	NomConnu     bool            // Nom is the deposit's, and no draft's; so is it always at the counter
	Aujourdhui   time.Time       // the day that order dates are compared with
	NumeroAns    string          // numeroAns declared with the deposit
	SIRET        string          // SIRET of the depositor
	Referentiels referentiel.Jeu // the registers that are loaded
	// Logiciel is what the depositor's own software was referenced with, asked where Referentiels.References does not
	// know it; nil when that is not known.
	Logiciel  *referentiel.References
	Guichet   bool              // the counter checks: what it does not is told in its words
	Telephone func([]byte) bool // tells whether a foreign number is plausible, "+32 …"
	// NumeroUtilise tells whether an earlier deposit has used a numeroEditeur, and where: "JSON-….json du
	// 02/10/2023". It is asked again when the Rapport is read, and must then answer the same; files checked at the
	// same time ask at the same time.
	NumeroUtilise func(numero string) (ou string, deja bool)
	// ESMSDemande tells whether another demande has claimed a FINESS géographique, and which, likewise.
	ESMSDemande func(finess string) (par string, deja bool)
}

// Controler checks one file. To check many, keep a Controleur.
func Controler(m *modele.Modele, octets []byte, o Options) *Rapport {
	return Preparer(m, jsondoc.Limits{}).Controler(octets, o)
}

// Controleur checks files one after another with the same memory. It is not safe for concurrent use.
type Controleur struct {
	parser *jsondoc.Parser
	w      parcours
}

// Preparer makes a Controleur for the files of a Modele.
func Preparer(m *modele.Modele, l jsondoc.Limits) *Controleur {
	p := compiler(m)
	c := &Controleur{parser: jsondoc.NewParser(p.vocabulary, l)}
	c.w = parcours{
		plan: p, listes: make([]liste, len(p.listees)), fichier: make([]ensemble, len(p.coherence)),
		r: &Rapport{plan: p, limites: c.parser.Limits()},
	}
	return c
}

// Controler checks one file. The Rapport is good until the next call.
func (c *Controleur) Controler(octets []byte, o Options) *Rapport {
	doc, err := c.parser.Parse(octets)
	c.w.commencer(doc, o)
	if doc.BOM {
		c.w.signaler(infoBOM, site{})
	}
	if err != nil {
		c.w.illisible(err)
	}
	if len(doc.Nodes) > 0 {
		c.w.racine()
	}
	c.w.nom()
	r := c.w.r
	r.lisible = err == nil
	if r.Verdict = r.conclu(); o.NumeroUtilise != nil || o.ESMSDemande != nil {
		r.Completer(o.NumeroUtilise, o.ESMSDemande)
	}
	return r
}

// maxAnomalies bounds what is kept of one file; the rest is only counted.
const maxAnomalies = 20_000

// maxDemandes bounds the demandes looked into: a file has at most 200, the bound only tames files that
// the first control rejects anyway.
const maxDemandes = 100_000

// Rapport is what a control found.
type Rapport struct {
	Verdict diag.Verdict

	plan       *plan
	doc        *jsondoc.Document
	options    Options
	limites    jsondoc.Limits
	structure  []anomalie
	anomalies  []anomalie // of all demandes, one after the other
	demandes   []demande
	lisible    bool   // the file was read to its end
	adoptees   bool   // a tag of the file has another name than the table's
	omises     [4]int // by severity, found but not kept
	nonVerifie []modele.Texte
	essai      *essai // checks what is proposed, made when something is
}

// demande is one item of the file's array.
type demande struct {
	noeud      uint32
	debut, fin int32 // its range in anomalies
	premiere   int32 // the one that the portal reports, -1 for none
}

// site is a place of the file, seen from the table. It has four fields, so that the compiler keeps it in
// registers.
type site struct {
	objet   *objet // the object of the table, nil for the file itself
	champ   *champ // the tag, nil for an unknown one
	porteur uint32 // the object that holds the tag, or lacks it
	noeud   uint32 // the value, or an item of the array that champ names
}

// anomalie is a rule that a place of the file breaks. Texts are made when someone reads them.
type anomalie struct {
	site
	numero numero
	autre  uint32 // the other value, 0 for none
	nombre int32
	erreur *jsondoc.Error
	rangs  [maxTableaux]int32 // index in each array around the site
}

// maxTableaux bounds arrays inside each other in a table.
const maxTableaux = 4

// conclu is the verdict: the first control rejects the file, or the second one sorts its demandes.
func (r *Rapport) conclu() diag.Verdict {
	if !r.lisible {
		return diag.Illisible
	}
	if r.premierRejet() >= 0 {
		return diag.Rejete
	}
	refusees := 0
	for i := range r.demandes {
		if r.demandes[i].premiere >= 0 {
			refusees++
		}
	}
	switch refusees {
	case 0:
		return diag.Accepte
	case len(r.demandes):
		return diag.Refuse
	}
	return diag.Partiel
}

// premierRejet returns the index in structure of the first anomaly that rejects the file, or -1.
func (r *Rapport) premierRejet() int {
	for i := range r.structure {
		if livre()[r.structure[i].numero].Gravite == modele.Rejet {
			return i
		}
	}
	return -1
}
