package lettre

import (
	"slices"
	"strings"
	"testing"
	"time"

	"guichet/internal/portail/decision"
	"guichet/internal/portail/ecrit"
	"guichet/internal/portail/web"
	"guichet/modele"
)

// exemple are facts in which nothing is missing, and in which a stranger has tried to write Markdown.
func exemple() *Faits {
	f := &Faits{
		NumeroASP: "ASP-000001-0001", NumeroEditeur: "A-1", Fournisseur: "ÉDITEUR *D'EXEMPLE* <script>alert(1)</script> {{tribunal}}", SIRET: "00000000100008",
		Recu: time.Date(2026, 11, 2, 9, 0, 0, 0, time.UTC), Demande: 292000, Accorde: 290000, ESMS: 2, Motifs: decision.Livre().Dites([]string{"DEJA", "SIGNATURE"}),
		Texte: "Ligne une.\n\n    Ligne deux : # pas un titre", Reference: "2026-000012", Date: time.Date(2026, 11, 24, 10, 0, 0, 0, time.UTC),
		Auteur: "Victor Exemple", Qualite: modele.Texte{Fr: "responsable d'essai"}, Agence: web.Agence{Nom: "Agence d'essai", Service: "Financements", Adresse: "1 rue de l'Exemple, 99999 EXEMPLE"},
		Recours: 2, Retiree: modele.Texte{Fr: "2026-000003 du 3 novembre 2026", En: "2026-000003 of 3 Nov 2026"}, Entendu: modele.Texte{Fr: "Vous avez répondu.", En: "You have answered."},
		Limite: time.Date(2026, 12, 8, 0, 0, 0, 0, web.Paris()), AModifier: modele.Texte{Fr: "Joignez le bon signé.\n# pas un titre", En: "Attach the signed form."}, Terme: modele.Texte{Fr: "Sans réponse."}, Suspension: modele.Texte{Fr: "Suspendu."}, Contestes: []string{"990000001"}, Reglages: map[string]modele.Texte{},
	}
	for _, r := range Reglages {
		f.Reglages[r.Nom] = modele.Texte{Fr: "Valeur de " + r.Nom}
	}
	return f
}

// The models that are shipped have nothing wrong, in both languages, and fill in wholly.
func TestShippedModels(t *testing.T) {
	t.Parallel()
	for _, g := range Genres {
		for _, l := range langues {
			texte := Livre(g.Genre, l.Mot)
			if fautes := Analyser(g.Genre, texte); len(fautes) > 0 || texte == "" {
				t.Errorf("%s, %s: %+v", g.Genre, l.Mot, fautes)
			}
			r, err := rendre(texte, exemple(), "Titre", l.Langue)
			if err != nil || len(r.Manquent) > 0 || strings.Contains(string(r.Corps()), "{{a") {
				t.Errorf("%s, %s: %v, %+v\n%s", g.Genre, l.Mot, err, r.Manquent, r.HTML)
			}
			if lu := string(r.Corps()); l.Mot == "fr" && lu != ecrit.Francais(lu) {
				t.Errorf("%s: French spaces are wanted in\n%s", g.Genre, lu)
			}
		}
	}
}

// Each mention of the law is missed, with its article, when its field or its words go, in each letter that needs it and in no other.
func TestEachMention(t *testing.T) {
	t.Parallel()
	for _, m := range Mentions {
		for _, g := range Genres {
			for _, l := range langues {
				texte := Livre(g.Genre, l.Mot)
				for _, c := range m.Champs {
					verifierMention(t, m, g.Genre, l.Mot, strings.ReplaceAll(texte, "{{"+c+"}}", "…"))
				}
				if m.Mots != nil {
					sans := texte
					for _, mot := range m.Mots {
						sans = strings.NewReplacer(mot, "…", strings.ToUpper(mot), "…", strings.ToUpper(mot[:1])+mot[1:], "…").Replace(sans)
					}
					verifierMention(t, m, g.Genre, l.Mot, sans)
				}
			}
		}
	}
}

func verifierMention(t *testing.T, m Mention, g Genre, langue, sans string) {
	t.Helper()
	manque := slices.ContainsFunc(Analyser(g, sans), func(f Faute) bool {
		return strings.Contains(f.Texte.Fr, m.Quoi.Fr) && strings.Contains(f.Texte.Fr, m.Article) && strings.Contains(f.Texte.En, m.Article)
	})
	if manque != m.Pour(g) {
		t.Errorf("%s of %s, %s: missed %v", m.Code, g, langue, manque)
	}
}

// A mention that stands where nobody reads it is missing.
func TestMentionsAreRead(t *testing.T) {
	t.Parallel()
	texte := Livre(rejet[0], "fr")
	for _, cache := range []string{"<!-- {{motifs}} -->", "[voir](http://exemple.invalid/{{motifs}})", "[a]: http://exemple.invalid/{{motifs}}"} {
		fautes := Analyser(rejet[0], strings.Replace(texte, "{{motifs}}", cache, 1))
		if !slices.ContainsFunc(fautes, func(f Faute) bool { return f.Ligne == 0 && strings.Contains(f.Texte.Fr, "L211-2") }) {
			t.Errorf("%s: %+v", cache, fautes)
		}
	}
}

// What is wrong is told with its line and column, in characters; a field that there is not with the nearest one and the list.
func TestWhereItIsWrong(t *testing.T) {
	t.Parallel()
	texte := Livre(attribution[0], "fr")
	for _, x := range []struct {
		ajout           string
		ligne, colonne  int
		mots, enAnglais string
	}{
		{"Été {{numeroASPE}} {{numeroASP}}", 1, 5, "vouliez-vous dire {{numeroASP}} ? Les champs sont : numeroASP, numeroEditeur", "did you mean {{numeroASP}}?"},
		{"a\nb {{", 2, 3, "{{ n'est pas un champ", "is no field"},
		{"{{ siret }}", 1, 1, "{{ siret }} n'est pas un champ ; vouliez-vous dire {{siret}} ?", "is no field"},
		{"Motifs : {{motifs}}", 1, 10, "seul sur sa ligne", "alone on its line"},
		{"a\n\n<div>x</div>", 3, 1, "ni HTML", "no HTML"},
		{"a <b>x</b>", 1, 3, "ni HTML", "no HTML"},
		{"a\n\n    code", 3, 5, "ni HTML", "no HTML"},
		{"![x](http://exemple.invalid/x.png)", 1, 1, "ni image", "no image"},
	} {
		fautes := Analyser(attribution[0], x.ajout+"\n\n"+texte)
		if len(fautes) == 0 || fautes[0].Ligne != x.ligne || fautes[0].Colonne != x.colonne || !strings.Contains(fautes[0].Texte.Fr, x.mots) || !strings.Contains(fautes[0].Texte.En, x.enAnglais) {
			t.Errorf("%q: %+v", x.ajout, fautes)
		}
	}
	if f := Analyser(attribution[0], strings.Repeat("é", MaxModele+1)); len(f) != 1 || !strings.Contains(f[0].Texte.Fr, "20") {
		t.Errorf("too long: %+v", f)
	}
}

// What strangers wrote stands in a letter as they wrote it, and does nothing: no element, no field, no title.
func TestStrangersAreQuoted(t *testing.T) {
	t.Parallel()
	r, err := rendre("{{fournisseur}}\n\n{{precisions}}\n\n{{motifs}}\n", exemple(), "Titre", modele.Francais)
	if err != nil {
		t.Fatal(err)
	}
	want := `<p>ÉDITEUR *D'EXEMPLE* &lt;script&gt;alert(1)&lt;/script&gt; {{tribunal}}</p>
<p>Ligne une.<br>
Ligne deux : # pas un titre</p>
<ul>
<li>Un ESMS de la commande a déjà été financé au titre du même programme. (arrêté du 2 février 2022, NOR SSAD2202411A)</li>
<li>Le bon de commande n'est pas daté, ou n'est pas signé par le client. (§1.2, étape 6, du dossier de spécifications)</li>
</ul>
`
	if got := strings.ReplaceAll(string(r.Corps()), "\u00a0", " "); got != want {
		t.Errorf("got:\n%s\nwant:\n%s", got, want)
	}
}

// What is not known, or not filled in, is named in the letter, and keeps it from going out.
func TestMissingValues(t *testing.T) {
	t.Parallel()
	for _, c := range Champs {
		f := exemple()
		switch {
		case c.Sien:
			delete(f.Reglages, c.Nom)
		case c.Nom == "auteurQualite":
			f.Qualite = modele.Texte{}
		case c.Nom == "service":
			f.Agence.Service = ""
		case c.Nom == "numeroDecision":
			f.Reference = ""
		case c.Nom == "attributionRetiree":
			f.Retiree = modele.Texte{}
		case c.Nom == "contradictoire":
			f.Entendu = modele.Texte{}
		case c.Nom == "limiteObservations":
			f.Limite = time.Time{}
		case c.Nom == "esmsContestes":
			f.Contestes = nil
		case c.Nom == "dateDecision":
			f.Date = time.Time{}
		default:
			continue
		}
		r, err := rendre("{{"+c.Nom+"}}", f, "Titre", modele.Francais)
		if err != nil || len(r.Manquent) != 1 || r.Manquent[0].Nom != c.Nom || !strings.Contains(string(r.Corps()), "[") {
			t.Errorf("%s: %v, %+v\n%s", c.Nom, err, r.Manquent, r.Corps())
		}
		l := &Lettre{Rendue: r}
		if err := l.complete(); err == nil || !strings.Contains(err.(*decision.Refus).Texte.Fr, "(à remplir : ") {
			t.Errorf("%s: %v", c.Nom, err)
		}
	}
	f := exemple()
	delete(f.Reglages, "limite")
	delete(f.Reglages, "seuils")
	r, err := rendre("{{limite}} {{seuils}}", f, "Titre", modele.Francais)
	l := &Lettre{Rendue: r}
	if dit := l.complete(); err != nil || dit == nil || !strings.Contains(dit.Error(), "the last day") || !strings.Contains(dit.Error(), "; the usage thresholds") {
		t.Errorf("both are not told at once: %v, %v", dit, err)
	}
}

// A letter is made quickly enough for a batch: 500 demandes in a second, each in two languages, checked.
func BenchmarkLetter(b *testing.B) {
	f := exemple()
	texte := Livre(attribution[0], "fr")
	for b.Loop() {
		if len(Analyser(attribution[0], texte)) > 0 {
			b.Fatal("faults")
		}
		if _, err := rendre(texte, f, "Titre", modele.Francais); err != nil {
			b.Fatal(err)
		}
	}
}
