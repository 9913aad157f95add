package motdepasse

import (
	"maps"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"
)

// ASVS 6.2.1, 6.2.5, 6.2.9, 6.2.11.
func TestPasswordRule(t *testing.T) {
	t.Parallel()
	const commun, touches, repetition, jours, vous = "common word", "keys side by side", "repeats", "year or a date", "your company"
	for mot, want := range map[string]string{
		"quatre mots sans rapport":                               "",
		"quatre mots sans rapport " + strings.Repeat("été-", 43): "",
		"zygomatique1":                   "",
		"éééèèèàààùùù1":                  "",
		"onze lettr.":                    "12 characters",
		strings.Repeat("x!y", 67):        "200 characters",
		"abc\x00defghijk":                "control",
		"abc\ndefghijkl":                 "control",
		"invalide\xff\xfe utf8":          "control",
		"Mot de Passe 123":               commun,
		"Azertyuiop1234":                 touches,
		"azertyuiopqs":                   touches,
		"cba987654321":                   touches,
		"P@ssw0rd1234":                   commun,
		"motdepasse2026!":                commun,
		"M0tD3P4sse2026":                 commun,
		"essaptodmot 1":                  "",
		"liverpool 1985":                 commun,
		"Soleil-soleil-1":                commun,
		"soleil marseille":               commun,
		"sallesiam1998":                  "",
		"drowssap2026":                   commun,
		"Guichet 2026 !":                 vous,
		"Ségur-numérique-26":             vous,
		"logisanteplus2026":              vous,
		"L0gis@nteplus!!":                vous,
		"m a r s e i l l e 1 3":          commun,
		"27.11.1968 !":                   jours,
		"1985-12-01 1985":                jours,
		"}{~#&^%$-_=+)(*a":               "",
		"}{~#&^%$-_=+)(*!":               "",
		"cheval correct agrafe pile":     "",
		"tournevis-lavande-39":           "",
		"Tr0ub4dor&3xyle":                "",
		"k3x9q2m7w1z8":                   "",
		"пароль из четырёх слов":         "",
		"mlkjhgfdsqpoi":                  touches,
		"toutoutoutou":                   repetition,
		"aaaaaaaaaaaaaaaa":               repetition,
		"aaabbbcccddd":                   repetition,
		"xkqxkqxkqxkq":                   repetition,
		"bonjour Camille!!":              "« Camille »",
		"xx-ana.dupont-xx-1":             "ana.dupont",
		"c4mille 2026 ok":                vous,
		"vive exemple.invalid pour tous": "",
	} {
		f, err := Refuser(mot, Personne{"ana.dupont@exemple.invalid", "Camille Oz", []string{"LogiSantéPlus SAS"}})
		if err != nil || (f == nil) != (want == "") || f != nil && !strings.Contains(f.Fr+f.En, want) {
			t.Errorf("%q: %v, %v, want %q", mot, f, err, want)
		}
	}
}

// At least ten thousand common words are known, French ones among them, each once, as they are looked up.
func TestCommonWords(t *testing.T) {
	t.Parallel()
	l, err := ouvrir()
	if err != nil || len(l.courants) < 28_000 {
		t.Fatalf("%d words, %v", len(l.courants), err)
	}
	for mot := range l.courants {
		if n := len(mot); n < minMot || n > maxMot || strings.ToLower(mot) != mot {
			t.Errorf("%q is never looked up", mot)
		}
	}
	for _, mot := range []string{"123456", "password", "azerty", "motdepasse", "soleil", "marseille", "doudou", "jetaime", "printemps"} {
		if l.courants[mot] == 0 {
			t.Errorf("%q is not known", mot)
		}
	}
}

// What a machine draws is taken; a common word with an ending and a change of letters is not, nor does more in front of a
// password that is taken make it weak.
// ASVS 6.2.4, 6.2.12.
func TestWeighed(t *testing.T) {
	t.Parallel()
	connus, err := ouvrir("ana.dupont@exemple.invalid", "Camille Oz")
	if err != nil {
		t.Fatal(err)
	}
	mots := slices.Sorted(maps.Keys(connus.courants))
	rapid.Check(t, func(r *rapid.T) {
		tire := make([]byte, 12)
		hasard := rand.New(rand.NewPCG(rapid.Uint64().Draw(r, "seed"), 0))
		for i := range tire {
			tire[i] = "abcdefghijklmnopqrstuvwxyz0123456789"[hasard.IntN(36)]
		}
		if p, _ := peser(string(tire), connus); p < solide {
			r.Fatalf("%q, drawn, is worth 10^%.1f", tire, p)
		}
		mot := rapid.SampledFrom(mots).Filter(func(m string) bool { return !strings.ContainsAny(m, " ._-/") }).Draw(r, "word")
		fin := rapid.StringMatching(`[0-9!]{0,2}`).Draw(r, "end")
		formes := map[string]string{"as it is": mot, "first capital": strings.ToUpper(mot[:1]) + mot[1:], "capitals": strings.ToUpper(mot), "twice": mot + mot}
		if strings.Trim(mot, "abcdefghijklmnopqrstuvwxyz") == "" {
			formes["figures"] = strings.NewReplacer("a", "@", "o", "0", "e", "3").Replace(mot)
		}
		for forme, texte := range formes {
			if p, _ := peser(texte+fin, connus); p >= solide {
				r.Fatalf("%s: %q is worth 10^%.1f", forme, texte+fin, p)
			}
		}
	})
}

// Whatever is typed is weighed in bounded time: the longest of the worst kinds.
func TestWeighedInBoundedTime(t *testing.T) {
	t.Parallel()
	fini := make(chan error, 4)
	for _, mot := range []string{strings.Repeat("4@8({[<6936!1|0$5+7%2", 10)[:Max], strings.Repeat("é", Max), strings.Repeat("a!Z9", Max/4), strings.Repeat("soleil12", Max/8)} {
		go func() { _, err := Refuser(mot, Personne{"ana.dupont@exemple.invalid", "Camille Oz", nil}); fini <- err }()
	}
	for range cap(fini) {
		select {
		case err := <-fini:
			if err != nil {
				t.Error(err)
			}
		case <-time.After(time.Minute): // a thousand times what it takes
			t.Fatal("a password is weighed without end")
		}
	}
}

func BenchmarkVerifierMotDePasse(b *testing.B) {
	for b.Loop() {
		if f, err := Refuser("cheval correct agrafe pile", Personne{"ana.dupont@exemple.invalid", "Camille Oz", nil}); f != nil || err != nil {
			b.Fatal(f, err)
		}
	}
}
