package reprise

import (
	"slices"
	"strings"

	"guichet/controle"
	"guichet/jsondoc"
	"guichet/modele"
)

// vocabulaire holds all tags of the table: what is in none of its places is the portal's.
func vocabulaire(m *modele.Modele) *jsondoc.Vocabulary {
	var noms []string
	vus := map[string]bool{}
	var descendre func([]modele.Champ)
	descendre = func(champs []modele.Champ) {
		for _, c := range champs {
			for _, nom := range append([]string{c.Balise}, c.Tolerees...) {
				if !vus[nom] {
					vus[nom], noms = true, append(noms, nom)
				}
			}
			descendre(c.Champs)
		}
	}
	descendre(m.EnTete)
	return jsondoc.NewVocabulary(noms)
}

// entete reads the file's own object, and the demandes in it.
func (r *Retour) entete() {
	r.ImpID, r.NumeroAns, r.SIRET = r.mot(0, baliseImpID), r.mot(0, baliseAns), r.mot(0, baliseSIRET)
	r.lignes = r.enfant(0, r.modele.Lignes)
	if r.lignes == 0 || r.doc.Nodes[r.lignes].Kind != jsondoc.Array {
		return
	}
	objet := 0
	for n := range r.enfants(r.lignes) {
		if r.doc.Nodes[n].Flags&jsondoc.Truncated != 0 {
			break // its answer may be in what is missing
		}
		d := r.demande(n)
		d.Rang, d.objet = len(r.Demandes), objet
		if r.doc.Nodes[n].Kind == jsondoc.Object {
			objet++
		}
		r.Demandes = append(r.Demandes, d)
	}
}

// maxTelle bounds what is kept of a line as it is, in bytes.
const maxTelle = 64 << 10

// telle returns a line as the file has it.
func (r *Retour) telle(n uint32) string {
	t := r.doc.Raw(n)
	return strings.ToValidUTF8(string(t[:min(len(t), maxTelle)]), "\uFFFD")
}

// demande reads one line.
func (r *Retour) demande(n uint32) Demande {
	d := Demande{Ligne: r.doc.Position(int(r.doc.Nodes[n].Start)).Line}
	if r.doc.Nodes[n].Kind != jsondoc.Object {
		d.Etat, d.Texte = Ambigue, r.telle(n)
		d.remarquer("ce n'est pas une demande : %s", "not a demande: %s", r.extrait(n))
		return d
	}
	d.noeud = n
	d.NumLigne, d.NumeroEditeur = r.mot(n, baliseLigne), r.mot(n, baliseNumero)
	d.NumeroASP, d.Code, d.Libelle = r.mot(n, baliseNumeroASP), r.mot(n, baliseCode), r.mot(n, baliseLibelle)
	if strings.TrimSpace(d.NumeroEditeur) == "" {
		d.Texte = r.telle(n)
	}
	r.identite(&d)
	d.juger()
	if v := r.enfant(n, baliseNumero); v != 0 && r.doc.Nodes[v].Kind != jsondoc.String && d.NumeroEditeur != "" {
		d.Etat = Ambigue
		d.remarquer("numeroEditeur n'y est pas un texte (%s), rien n'en est conclu : téléchargez le retour à nouveau sans l'ouvrir dans un autre logiciel",
			"numeroEditeur is no text in it (%s), nothing is concluded: download the returned file again without opening it in another program", d.NumeroEditeur)
	}
	if balise := r.double(n, baliseNumero, baliseLigne, baliseNumeroASP, baliseCode, baliseLibelle); balise != "" {
		d.Etat = Ambigue
		d.remarquer("la balise %s y est deux fois, rien n'en est conclu : téléchargez le retour à nouveau", "the tag %s stands twice in it, nothing is concluded: download the returned file again", balise)
	}
	return d
}

func (d *Demande) remarquer(fr, en string, args ...any) {
	d.Remarques = append(d.Remarques, texte(fr, en, args...))
}

// juger tells what the portal answered. Where it contradicts itself nothing is concluded: a demande that was
// accepted must not be sent again.
func (d *Demande) juger() {
	oui, code, asp, mot := d.Code == controle.CodeAccepte, d.Code != "", d.NumeroASP != "", d.Libelle != ""
	d.Etat = Ambigue
	switch {
	case d.NumeroEditeur == "":
		d.remarquer("sans numeroEditeur, la réponse ne se rattache à aucune demande", "without numeroEditeur the answer cannot be tied to a request")
	case code && !mot:
		d.remarquer("le code %s est sans libelleTraitement : demandez au portail", "code %s has no libelleTraitement: ask the portal", d.Code)
	case presqueAccepte(d.Code):
		d.remarquer("le code « %s » n'est pas %s, celui d'une demande acceptée : rien n'en est conclu, téléchargez le retour à nouveau sans l'ouvrir dans un autre logiciel ; s'il revient ainsi, demandez au portail",
			`code "%s" is not %s, that of an accepted demande: nothing is concluded from it, download the returned file again without opening it in another program; if it comes back so, ask the portal`, d.Code, controle.CodeAccepte)
	case oui && libelleRejette(d.Libelle):
		d.remarquer("le code %s l'accepte, le libellé « %s » la rejette : rien n'en est conclu, demandez au portail",
			`code %s accepts it, the label "%s" rejects it: nothing is concluded, ask the portal`, d.Code, d.Libelle)
	case oui && !libelleDAcceptation(d.Libelle):
		d.remarquer("le code %s est celui d'une demande acceptée, de libellé « %s », et le libellé est « %s » : rien n'en est conclu, demandez au portail",
			`code %s is that of an accepted demande, of label "%s", and the label is "%s": nothing is concluded, ask the portal`, d.Code, controle.LibelleAccepte, d.Libelle)
	case oui && asp:
		d.Etat = Acceptee
	case oui:
		d.remarquer("le code %s l'accepte, mais sans numeroASP : demandez au portail", "code %s accepts it, but without a numeroASP: ask the portal", d.Code)
	case code && asp:
		d.remarquer("le code %s la rejette, le numeroASP %s l'accepte : demandez au portail, elle n'est pas reprise",
			"code %s rejects it, numeroASP %s accepts it: ask the portal, it is not taken up again", d.Code, d.NumeroASP)
	case code && libelleAccepte(d.Libelle):
		d.remarquer("le code %s la rejette, le libellé « %s » l'accepte : demandez au portail, elle n'est pas reprise",
			`code %s rejects it, the label "%s" accepts it: ask the portal, it is not taken up again`, d.Code, d.Libelle)
	case code:
		d.Etat = Rejetee
	case asp:
		d.remarquer("le numeroASP %s l'accepte, mais sans codeTraitement : demandez au portail", "numeroASP %s accepts it, but without a codeTraitement: ask the portal", d.NumeroASP)
	case mot:
		d.remarquer("un libellé sans codeTraitement : demandez au portail", "a libelleTraitement without a code: ask the portal")
	default:
		d.Etat = SansReponse
	}
}

// mot returns the value of a tag as a text: "" for null, a missing tag, and what programs write for null.
func (r *Retour) mot(n uint32, balise string) string {
	v := r.enfant(n, balise)
	if v == 0 {
		return ""
	}
	switch node := &r.doc.Nodes[v]; {
	case node.Kind == jsondoc.Null || node.Kind.Container():
		return ""
	case node.Kind != jsondoc.String:
		return string(r.doc.Raw(v))
	}
	t := string(r.doc.Text(v))
	if blanc := strings.TrimSpace(t); blanc == "" || strings.EqualFold(blanc, "null") {
		return ""
	}
	return t
}

// identite reads what tells one demande from another, besides its number.
func (r *Retour) identite(d *Demande) {
	m := r.modele
	for og := range r.elements(r.chemin(d.noeud, m.NomDe(baliseBeneficiaires), m.NomDe(baliseEtablissements))) {
		d.FINESS = append(d.FINESS, r.mot(og, m.NomDe(baliseOG)))
		for esms := range r.elements(r.enfant(og, m.NomDe(baliseESMS))) {
			if r.doc.Nodes[esms].Kind == jsondoc.String {
				d.FINESS = append(d.FINESS, string(r.doc.Text(esms)))
			}
		}
	}
	slices.Sort(d.FINESS)
	d.Nommees = true
	for p := range r.elements(r.enfant(d.noeud, balisePieces)) {
		d.Nommees = d.Nommees && strings.Contains(r.mot(p, baliseNom), "-"+d.NumeroEditeur+".")
	}
}

// elements goes through what a value holds; one that is missing holds nothing.
func (r *Retour) elements(n uint32) func(func(uint32) bool) {
	if n == 0 {
		return func(func(uint32) bool) {}
	}
	return r.enfants(n)
}

// chemin returns the value at the end of a path of tags, 0 when it is missing.
func (r *Retour) chemin(n uint32, balises ...string) uint32 {
	for _, balise := range balises {
		if n = r.enfant(n, balise); n == 0 {
			return 0
		}
	}
	return n
}

// maxExtrait is how much is shown of what is no demande, in bytes.
const maxExtrait = 60

func (r *Retour) extrait(n uint32) string {
	t := string(r.doc.Raw(n))
	if len(t) > maxExtrait {
		t = strings.ToValidUTF8(t[:maxExtrait], "") + "…"
	}
	return strings.Join(strings.Fields(t), " ")
}

// enfants goes through what a container holds.
func (r *Retour) enfants(n uint32) func(func(uint32) bool) {
	return func(yield func(uint32) bool) {
		for e := n + 1; e < r.doc.Nodes[n].Next; e = r.doc.Nodes[e].Next {
			if !yield(e) {
				return
			}
		}
	}
}

// enfant returns the value of a tag of an object, 0 when it is missing.
func (r *Retour) enfant(n uint32, balise string) uint32 {
	if r.doc.Nodes[n].Kind != jsondoc.Object {
		return 0
	}
	key := r.doc.Vocabulary().Key(balise)
	for e := range r.enfants(n) {
		if r.doc.Nodes[e].Key == key {
			return e
		}
	}
	return 0
}
