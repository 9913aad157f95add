package controle

import (
	"fmt"
	"strconv"
	"strings"

	"guichet/diag"
	"guichet/jsondoc"
	"guichet/modele"
	"guichet/referentiel"
)

// profil is a modele.Profil made ready: the index of its tag, and the key of its label.
type profil struct {
	rang     int
	litteral string
	texte    string // the literal without its quotes, of a choice of several
	cle      string
}

func (p *plan) compilerProfils(c modele.ProfilsReferences) coherence {
	objet := p.chemin(c.Tableau).objet
	compile := coherence{Coherence: c, champ: p.chemin(c.Tableau), objet: objet, regle: regle(c.Regle), registre: true}
	for _, x := range c.Profils {
		compile.profils = append(compile.profils, profil{
			rang: objet.rang(x.Balise), litteral: x.Valeur, texte: strings.Trim(x.Valeur, `"`), cle: referentiel.Cle(x.Libelle),
		})
	}
	return compile
}

// jamais reports the values that stored demandes have, where these are known.
func (c *coherence) jamais(w *parcours, connu func(string) (string, bool)) {
	if connu == nil {
		return
	}
	for i, v := range w.listes[c.liste].noeuds {
		if v == 0 {
			continue
		}
		if _, deja := connu(string(w.doc.Text(v))); deja {
			w.signalerValeur(c.regle, c.liste, i, 0, 0)
		}
	}
}

func (c *coherence) eligible(w *parcours) {
	eligibles := w.options.Referentiels.Eligibles
	if eligibles == nil {
		return
	}
	for i, v := range w.listes[c.liste].noeuds {
		if v != 0 && !eligibles.Contient(w.doc.Text(v)) {
			w.signalerValeur(c.regle, c.liste, i, 0, 0)
		}
	}
}

func (c *coherence) inscrit(w *parcours, juridique bool) {
	finess := w.options.Referentiels.Finess
	if finess == nil {
		return
	}
	for i, v := range w.listes[c.liste].noeuds {
		if v == 0 {
			continue
		}
		if t := w.doc.Text(v); juridique && !finess.ConnaitEJ(t) || !juridique && finess.EJ(t) == nil {
			w.signalerValeur(c.regle, c.liste, i, 0, 0)
		}
	}
}

// rattache compares each ESMS with the OG of the object that holds both. A number that the register does not
// know has an anomaly of its own.
func (c *coherence) rattache(w *parcours) {
	finess := w.options.Referentiels.Finess
	if finess == nil {
		return
	}
	esms, ogs, j := &w.listes[c.liste], &w.listes[c.autre], 0
	for i, v := range esms.noeuds {
		for j < len(ogs.places) && ogs.places[j].porteur < esms.places[i].porteur {
			j++
		}
		if v == 0 || j == len(ogs.places) || ogs.noeuds[j] == 0 || ogs.places[j].porteur != esms.places[i].porteur {
			continue
		}
		og := w.doc.Text(ogs.noeuds[j])
		if ej := finess.EJ(w.doc.Text(v)); ej != nil && string(ej) != string(og) && finess.ConnaitEJ(og) {
			w.signalerValeur(c.regle, c.liste, i, ogs.noeuds[j], 0)
		}
	}
}

// references looks in each object of the array for values whose profile the software was not referenced with.
func (c *coherence) references(w *parcours) {
	references := w.options.Referentiels.References
	if references == nil {
		return
	}
	ans, ok := w.r.texteDe(0, baliseAns)
	tableau := enfant(w.doc, w.porteurs[w.plan.demande().niveau], c.champ.cle)
	if !ok || tableau == 0 || w.doc.Nodes[tableau].Kind != jsondoc.Array {
		return
	}
	if connu, _ := references.Profil([]byte(ans), ""); !connu {
		w.nonVerifie(phraser(ansNonReference, ans))
		return
	}
	rangs, rang := w.rangs, int32(0)
	for e := tableau + 1; e < w.doc.Nodes[tableau].Next; e = w.doc.Nodes[e].Next {
		w.rangs[1] = rang
		rang++
		if w.doc.Nodes[e].Kind == jsondoc.Object {
			w.cadrer(c.objet, e)
			c.profilsDe(w, e, []byte(ans))
		}
	}
	w.rangs = rangs
}

// profilsDe checks the values of the object n, whose tags are in their frame.
func (c *coherence) profilsDe(w *parcours, n uint32, ans []byte) {
	for i := range c.profils {
		p := &c.profils[i]
		champ, v := &c.objet.champs[p.rang], w.cadres[c.objet.niveau][p.rang]
		if v == 0 || !w.demandeProfil(champ, v, p) || w.evaluer(&champ.nul, c.objet.niveau) == vrai {
			continue
		}
		if _, profil := w.options.Referentiels.References.Profil(ans, p.cle); !profil {
			w.signalerAvec(c.regle, site{objet: c.objet, champ: champ, porteur: n, noeud: v}, 0, int32(i))
		}
	}
}

// demandeProfil tells whether a value needs a profile: it has the literal, or has it among others.
func (w *parcours) demandeProfil(c *champ, v uint32, p *profil) bool {
	if c.genre != modele.ChoixMultiple {
		return string(w.doc.Raw(v)) == p.litteral
	}
	if w.doc.Nodes[v].Kind != jsondoc.String {
		return false
	}
	reste, fini := w.doc.Text(v), false
	for !fini {
		var valeur []byte
		if valeur, reste, fini = avantVirgule(reste); string(valeur) == p.texte {
			return true
		}
	}
	return false
}

// What could not be checked, or not in all of a file.
var (
	plafondSansBareme = modele.Texte{
		Fr: "plafond du montant : aucun barème chargé (guichet referentiel load bareme FICHIER, ou --bareme FICHIER)",
		En: "ceiling of the amount: no barème loaded (guichet referentiel load bareme FILE, or --bareme FILE)",
	}
	plafondNonCouvert = modele.Texte{
		Fr: "plafond du montant : le barème n'a pas de tranche pour certaines commandes",
		En: "ceiling of the amount: the barème has no tranche for some orders",
	}
	sansFiness = modele.Texte{
		Fr: "FINESS ouverts et rattachés à leur OG : registre non chargé (guichet referentiel load finess FICHIER)",
		En: "FINESS open and belonging to their OG: register not loaded (guichet referentiel load finess FILE)",
	}
	sansReferences = modele.Texte{
		Fr: "profils du logiciel : référencements non chargés (guichet referentiel load references FICHIER)",
		En: "profiles of the software: référencements not loaded (guichet referentiel load references FILE)",
	}
	ansNonReference = modele.Texte{
		Fr: "profils du logiciel : %s n'est pas dans les référencements chargés",
		En: "profiles of the software: %s is not in the référencements that are loaded",
	}
	sansEligibles = modele.Texte{
		Fr: "ESMS éligibles : liste non chargée (guichet referentiel load eligibles FICHIER)",
		En: "eligible ESMS: list not loaded (guichet referentiel load eligibles FILE)",
	}
	sansCarnet = modele.Texte{
		Fr: "numéros déjà utilisés et ESMS déjà demandés dans d'autres dépôts : aucun carnet",
		En: "numbers already used and ESMS already claimed in other deposits: no ledger",
	}
)

// nonVerifies lists what could not be checked for want of a register, one line each, then what else could not.
func (r *Rapport) nonVerifies(l modele.Langue) (lignes []string) {
	if r.Verdict == diag.Illisible {
		return nil
	}
	registres, o := r.options.Referentiels, &r.options
	for _, x := range []struct {
		manque bool
		texte  modele.Texte
	}{
		{registres.Bareme == nil, plafondSansBareme}, {registres.Finess == nil, sansFiness},
		{registres.Eligibles == nil, sansEligibles}, {registres.References == nil, sansReferences},
		{o.NumeroUtilise == nil || o.ESMSDemande == nil, sansCarnet},
	} {
		if x.manque {
			lignes = append(lignes, x.texte.In(l))
		}
	}
	for _, t := range r.nonVerifie {
		lignes = append(lignes, t.In(l))
	}
	return lignes
}

// nonVerifie notes, once, what could not be checked for want of data.
func (w *parcours) nonVerifie(t modele.Texte) {
	for _, n := range w.r.nonVerifie {
		if n == t {
			return
		}
	}
	w.r.nonVerifie = append(w.r.nonVerifie, t)
}

// registres says which registers the check used, and of which day they are.
func (r *Rapport) registres(l modele.Langue) (liste []diag.Registre) {
	for _, m := range r.options.Referentiels.Metas() {
		d := diag.Registre{Nom: string(m.Registre), Fichier: m.Fichier, Lignes: m.Lignes, SHA256: m.SHA256}
		d.Phrase = m.Registre.In(l) + auJour(m, l)
		if m.Fichier != "" {
			d.Phrase += fmt.Sprintf(" (%s)", m.Fichier)
		}
		if !m.Valide.IsZero() {
			d.Valide = m.Valide.Format("2006-01-02")
		}
		liste = append(liste, d)
	}
	return liste
}

// auJour says of which day a register is, "" when that is not known.
func auJour(m referentiel.Meta, l modele.Langue) string {
	if m.Valide.IsZero() {
		return ""
	}
	return modele.Texte{Fr: " du ", En: " of "}.In(l) + m.Valide.Format("02/01/2006")
}

var (
	procheInscrit = modele.Texte{Fr: "le numéro le plus proche est {valeur}, à un caractère près : vérifiez-le", En: "the nearest number is {valeur}, one character away: check it"}
	prochesListe  = modele.Texte{Fr: "numéros les plus proches : %s", En: "nearest numbers: %s"}
	profilsEus    = modele.Texte{
		Fr: "corrigez la valeur, ou faites compléter le référencement de %s ; ses profils : %s",
		En: "mend the value, or have the référencement of %s completed; its profiles: %s",
	}
)

// proposerProches proposes the number that was meant where one only is near.
func proposerProches(proches []string) proposition {
	switch len(proches) {
	case 0:
		return proposition{}
	case 1:
		return proposition{phrase: procheInscrit, litteral: strconv.Quote(proches[0])}
	}
	return proposition{phrase: phraser(prochesListe, strings.Join(proches, ", "))}
}

// proposerInscrit looks in the register for the number that an anomaly's was meant to be, first among those that
// go with the other numbers of the demande.
func (r *Rapport) proposerInscrit(a *anomalie) proposition {
	finess, numero := r.options.Referentiels.Finess, string(r.doc.Text(a.noeud))
	for _, c := range r.plan.coherence {
		i, ok := c.Coherence.(modele.Inscrit)
		if !ok || r.plan.listees[c.liste].champ != a.champ {
			continue
		}
		autres := r.textesDe(r.demandes[a.rangs[0]].noeud, i.Autres)
		if i.Juridique {
			return proposerProches(finess.ProchesEJ(numero, autres...))
		}
		return proposerProches(finess.ProchesET(numero, autres...))
	}
	return proposition{}
}

// textesDe lists the texts that a path leads to, through arrays, from the node n.
func (r *Rapport) textesDe(n uint32, chemin []string) (textes []string) {
	nodes := r.doc.Nodes
	switch {
	case nodes[n].Kind == jsondoc.Array:
		for e := n + 1; e < nodes[n].Next && len(textes) < maxMembres; e = nodes[e].Next {
			textes = append(textes, r.textesDe(e, chemin)...)
		}
	case len(chemin) > 0:
		if v := enfant(r.doc, n, r.plan.vocabulary.Key(chemin[0])); v != 0 {
			return r.textesDe(v, chemin[1:])
		}
	case nodes[n].Kind == jsondoc.String:
		textes = append(textes, string(r.doc.Text(n)))
	}
	return textes
}

// proposerProfil names the profiles that the software was referenced with.
func (r *Rapport) proposerProfil() proposition {
	ans, _ := r.texteDe(0, baliseAns)
	ref, connu := r.options.Referentiels.References.Reference(ans)
	if !connu || len(ref.Profils) == 0 {
		return proposition{}
	}
	nom := ans
	if ref.Logiciel != "" {
		nom = strings.TrimSpace(ref.Logiciel + " " + ref.Version)
	}
	return proposition{phrase: phraser(profilsEus, abreger(nom, maxTrouve), strings.Join(ref.Profils, ", "))}
}

// detailRegistre returns what is particular to the rules that take registers.
func (r *Rapport) detailRegistre(a *anomalie, l modele.Langue) string {
	numero := string(r.doc.Text(a.noeud))
	switch a.numero {
	case regleNumeroUtilise:
		ou, _ := r.options.NumeroUtilise(numero)
		return abreger(ou, maxTrouve)
	case alerteDejaDemande:
		par, _ := r.options.ESMSDemande(numero)
		return abreger(par, maxTrouve)
	case regleNonEligible:
		return auJour(r.options.Referentiels.Eligibles.Meta(), l)
	case regleProfil:
		for _, c := range r.plan.coherence {
			if p, ok := c.Coherence.(modele.ProfilsReferences); ok && c.regle == a.numero {
				return p.Profils[a.nombre].Libelle
			}
		}
	case alerteNonInscrit:
		return auJour(r.options.Referentiels.Finess.Meta(), l)
	case alerteNonRattache:
		e, _ := r.options.Referentiels.Finess.Etablissement(numero)
		return strings.TrimSpace(e.EJ)
	}
	return ""
}
