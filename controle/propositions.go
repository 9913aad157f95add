package controle

import (
	"fmt"
	"slices"
	"strings"

	"guichet/jsondoc"
	"guichet/modele"
	"guichet/valeur"
)

// proposition is what a value was probably meant to be. It replaces the help of a rule where the value
// itself tells what to write, and is what a repair writes. Propositions cover what suppliers' scripts and
// spreadsheets really do to values.
type proposition struct {
	phrase   modele.Texte // what to do; {valeur} stands for the literal
	litteral string       // the JSON literal to write, "" when there is none to offer
	sure     bool         // nothing else can have been meant
	nom      bool         // the literal replaces the name of the tag, not its value
}

// In says the proposition in a language, "" when there is none.
func (p proposition) In(l modele.Langue) string {
	return strings.ReplaceAll(p.phrase.In(l), "{valeur}", p.litteral)
}

var (
	entreGuillemets = modele.Texte{Fr: "mettez des guillemets : écrivez {valeur} ; vérifiez-le, un nombre perd ses zéros (3.10 devient 3.1)", En: "put quotes: write {valeur}; check it, a number loses its zeros (3.10 becomes 3.1)"}
	nommez          = modele.Texte{Fr: "nommez la pièce %s", En: "name the document %s"}
	crochets        = modele.Texte{Fr: "mettez la valeur entre crochets : écrivez [%s]", En: "put the value between brackets: write [%s]"}
	ajoutBon        = modele.Texte{Fr: "ajoutez le bon de commande : un élément dont typeFichier est BON_COMMANDE", En: "add the order form: an item whose typeFichier is BON_COMMANDE"}
	ecrivez         = modele.Texte{Fr: "écrivez {valeur}", En: "write {valeur}"}
	guillemets      = modele.Texte{Fr: "retirez les guillemets : écrivez {valeur}", En: "take away the quotes: write {valeur}"}
	motNull         = modele.Texte{Fr: `retirez les guillemets : "null" est un texte de quatre lettres, null est l'absence de valeur`, En: `take away the quotes: "null" is a text of four letters, null is the absence of a value`}
	mettez          = modele.Texte{Fr: "mettez des guillemets : écrivez {valeur} ; un nombre perd ses zéros de tête", En: "put quotes: write {valeur}; a number loses its leading zeros"}
	motNullValeur   = modele.Texte{Fr: `"null" entre guillemets est un texte, pas l'absence de valeur : donnez la valeur, %s`, En: `"null" between quotes is a text, not the absence of a value: give the value, %s`}
	ajoutNul        = modele.Texte{Fr: "ajoutez la balise ; sans valeur à donner, écrivez null", En: "add the tag; with no value to give, write null"}
	enUTF8          = modele.Texte{Fr: "enregistrez le fichier en UTF-8 (« Enregistrer sous… » de votre éditeur, ou iconv -f %[1]s -t UTF-8 fichier.json > corrige.json)", En: "save the file as UTF-8 (“Save as…” of your editor, or iconv -f %[1]s -t UTF-8 file.json > fixed.json)"}
	vouliez         = modele.Texte{Fr: "vouliez-vous dire %s ?", En: "did you mean %s?"}
	renommez        = modele.Texte{Fr: "renommez %s, ligne %d, en %s", En: "rename %s, line %d, to %s"}
	ailleurs        = modele.Texte{Fr: "supprimez-la ou déplacez-la : %s est une balise de %s", En: "delete it or move it: %s is a tag of %s"}
	renseigneParASP = modele.Texte{Fr: "écrivez null, sans guillemets : l'ASP renseigne cette balise, et il faut la remettre à null avant un nouveau dépôt", En: "write null, without quotes: the ASP fills this tag in, and it must be null again before another deposit"}
	codeDe          = modele.Texte{Fr: "c'est le libellé d'un opérateur : écrivez son code, {valeur}", En: "this is the label of an operator: write its code, {valeur}"}
	plusProches     = modele.Texte{Fr: "codes les plus proches : %s ; sans opérateur, écrivez null", En: "nearest codes: %s; with no operator, write null"}
	zeroPerdu       = modele.Texte{Fr: "un zéro de tête a sans doute été perdu dans un tableur : écrivez {valeur}", En: "a spreadsheet probably lost a leading zero: write {valeur}"}
	notationTabl    = modele.Texte{Fr: "un tableur a changé le numéro en nombre et perdu des chiffres : reprenez-le à la source, colonne au format texte", En: "a spreadsheet made a number of it and lost digits: take it from the source again, column as text"}
	dateSerie       = modele.Texte{Fr: "c'est un numéro de jour de tableur : écrivez {valeur}", En: "this is a spreadsheet's day number: write {valeur}"}
	blancDeTrop     = modele.Texte{Fr: "retirez les espaces autour du texte : écrivez {valeur}", En: "take away the blanks around the text: write {valeur}"}
)

// phraser fills in both languages of a phrase.
func phraser(t modele.Texte, mots ...any) modele.Texte {
	return modele.Texte{Fr: fmt.Sprintf(t.Fr, mots...), En: fmt.Sprintf(t.En, mots...)}
}

// phraserNom fills in a phrase that begins with the name that the file gives a tag.
func phraserNom(t modele.Texte, nom string, mots ...any) modele.Texte {
	nom = abreger(nom, maxTrouve)
	return modele.Texte{
		Fr: fmt.Sprintf(t.Fr, append([]any{montrer(nom, modele.Francais)}, mots...)...),
		En: fmt.Sprintf(t.En, append([]any{montrer(nom, modele.Anglais)}, mots...)...),
	}
}

// proposer returns the proposition for an anomaly.
func (r *Rapport) proposer(a *anomalie) proposition {
	switch {
	case a.numero == regleInconnue:
		return r.proposerBalise(a)
	case a.numero == regleManquante:
		return r.proposerAjout(a)
	case a.numero == infoBalise:
		certaine := doute(&livre()[a.numero], a, modele.Francais) == "" // both are accepted: another reading would refuse ours
		return proposition{litteral: valeur.Litteral(a.champ.Balise), sure: certaine, nom: true}
	case a.numero == infoCode:
		return proposition{litteral: valeur.Litteral(a.champ.codes.Tolere(r.doc.Text(a.noeud))), sure: true}
	case a.numero == regleUTF8 && valeur.FormeDe(r.doc.Source).Multiple():
		nom := valeur.FormeDe(r.doc.Source).NomPrecis()
		return proposition{phrase: modele.Texte{Fr: fmt.Sprintf(enUTF8.Fr, nom), En: fmt.Sprintf(enUTF8.En, nom)}}
	case a.numero == regleJSON:
		return r.proposerJSON(a.erreur)
	case a.numero == regleBonCommande:
		return proposerBon(a)
	case a.numero == regleLongue:
		return r.proposerCourt(a)
	case a.numero == regleNature:
		return r.proposerCrochets(a)
	case a.numero == alerteNonInscrit:
		return r.proposerInscrit(a)
	case a.numero == regleNonEligible:
		return proposerProches(r.options.Referentiels.Eligibles.Proches(string(r.doc.Text(a.noeud))))
	case a.numero == regleProfil:
		return r.proposerProfil()
	case !surLaValeur(a.numero):
		return proposition{}
	case a.champ.Type.Genre == modele.Rang:
		return proposition{phrase: ecrivez, litteral: chiffres(int64(a.rangs[0]) + 1), sure: true}
	case a.champ.Obligation.Renseigne:
		return r.proposerNull(a)
	}
	p := proposition{}
	switch r.doc.Nodes[a.noeud].Kind {
	case jsondoc.String:
		p = proposerPourTexte(a, string(r.doc.Text(a.noeud)))
	case jsondoc.Number:
		p = proposerPourNombre(a, string(r.doc.Raw(a.noeud)))
	}
	if p.litteral != "" && !r.passe(a, p.litteral) {
		p = proposition{} // what the control refuses does not help
	}
	if p == (proposition{}) && a.numero == regleType {
		return proposition{phrase: typeAttendu(a.champ.genre)}
	}
	return p
}

// surLaValeur tells whether a rule is about one value by itself: only then does the value tell what was
// meant.
func surLaValeur(n numero) bool {
	switch n {
	case regleEntete, regleType, regleASP, regleExacte, regleAlphabet, regleMajuscules, regleCourriel, regleIndicatif,
		alerteSigne, alerteTelephone, alerteCourriel, regleDate, regleDecimales, regleChoix, regleCode, regleRang, regleDoitEtreNul:
		return true
	}
	return false
}

// proposerNull empties a tag that the ASP fills in. What the ASP wrote there is not thrown away unasked.
func (r *Rapport) proposerNull(a *anomalie) proposition {
	p := proposition{phrase: renseigneParASP, litteral: "null"}
	if r.doc.Nodes[a.noeud].Kind == jsondoc.String {
		t := string(r.doc.Text(a.noeud))
		p.sure = t == "" || valeur.Mot(t) == "null"
	}
	return p
}

// manquantes lists the tags that the object of an anomaly lacks.
func (r *Rapport) manquantes(a *anomalie) (balises []string) {
	for i := range a.objet.champs {
		c := a.objet.champs[i].Champ
		la := enfant(r.doc, a.porteur, r.plan.vocabulary.Key(c.Balise)) != 0
		for _, t := range c.Tolerees {
			la = la || enfant(r.doc, a.porteur, r.plan.vocabulary.Key(t)) != 0
		}
		if !la {
			balises = append(balises, c.Balise)
		}
	}
	return balises
}

// proposerBalise proposes the missing tag that an unknown one was meant to be, or says whose tag it is.
func (r *Rapport) proposerBalise(a *anomalie) proposition {
	nom, balises := r.doc.Name(a.noeud), r.manquantes(a)
	if p := valeur.Proche(nom, balises); p != "" {
		prop := proposition{phrase: phraser(vouliez, p), nom: true}
		if !r.dejaProposee(a, p) {
			prop.litteral, prop.sure = valeur.Litteral(p), valeur.Plat(nom) == valeur.Plat(p)
		}
		return prop
	}
	if len(nom) > valeur.MaxCompare {
		return proposition{}
	}
	if o, balise := r.plan.racine.tenant(valeur.Plat(nom)); o != nil && o != a.objet {
		autre := anomalie{site: site{objet: o}}
		return proposition{phrase: modele.Texte{
			Fr: fmt.Sprintf(ailleurs.Fr, balise, r.nomObjet(&autre, modele.Francais)),
			En: fmt.Sprintf(ailleurs.En, balise, r.nomObjet(&autre, modele.Anglais)),
		}}
	}
	return proposition{}
}

// dejaProposee tells whether an unknown tag before this one in the object was meant to be the same tag:
// renamed both, they would be one tag given twice. Past maxVoisines unknown tags nothing is renamed.
func (r *Rapport) dejaProposee(a *anomalie, balise string) bool {
	inconnu := r.plan.vocabulary.Unknown()
	var avant []uint32
	for e := a.porteur + 1; e < a.noeud; e = r.doc.Nodes[e].Next {
		if r.doc.Nodes[e].Key == inconnu {
			avant = append(avant, e)
		}
		if len(avant) == maxVoisines {
			return true
		}
	}
	return slices.ContainsFunc(avant, func(e uint32) bool { return valeur.Proche(r.doc.Name(e), []string{balise}) != "" })
}

// maxVoisines bounds the unknown tags of an object that a missing one is compared with.
const maxVoisines = 100

// proposerAjout names the unknown tag of the same object that a missing one was probably written as: the
// repair is that of the unknown tag. Else it says what to add.
func (r *Rapport) proposerAjout(a *anomalie) proposition {
	inconnu, manquantes, vues := r.plan.vocabulary.Unknown(), r.manquantes(a), 0
	for e := a.porteur + 1; e < r.doc.Nodes[a.porteur].Next && vues < maxVoisines; e = r.doc.Nodes[e].Next {
		if r.doc.Nodes[e].Key != inconnu {
			continue
		}
		vues++
		if nom := r.doc.Name(e); valeur.Proche(nom, manquantes) == a.champ.Balise {
			ligne := r.doc.Position(int(r.doc.Nodes[e].Start)).Line
			return proposition{phrase: phraserNom(renommez, nom, ligne, a.champ.Balise)}
		}
	}
	if !a.champ.genre.Conteneur() && a.champ.obligatoire.genre != toujours {
		return proposition{phrase: ajoutNul}
	}
	return proposition{}
}

// tenant returns the object of the table that has a tag, reduced by plat.
func (o *objet) tenant(nom string) (*objet, string) {
	for i := range o.champs {
		if o.champs[i].plat == nom {
			return o, o.champs[i].Balise
		}
		if interne := o.champs[i].objet; interne != nil {
			if t, balise := interne.tenant(nom); t != nil {
				return t, balise
			}
		}
	}
	return nil, ""
}
