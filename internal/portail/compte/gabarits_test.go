package compte

import (
	"bytes"
	"errors"
	"fmt"
	"net/http/httptest"
	"reflect"
	"strings"
	"testing"
	"time"

	"guichet/internal/portail/web"
	"guichet/modele"
)

// remplie is a page of which each field has a value, so that every branch of its template that asks for one is
// taken.
func remplie(p web.UnePage) web.UnePage {
	remplir(reflect.ValueOf(p).Elem())
	c := commune(p)
	c.Fil, c.Fautes = []web.Lien{filCompte}, nil
	c.Refuser("code", "é", "e")
	c.Refuser("", "à", "a")
	return p
}

func commune(p web.UnePage) *web.Page {
	return reflect.ValueOf(p).Elem().FieldByName("Page").Addr().Interface().(*web.Page)
}

func remplir(v reflect.Value) {
	switch v.Kind() {
	case reflect.String:
		v.SetString("<x>")
	case reflect.Bool:
		v.SetBool(true)
	case reflect.Int, reflect.Int64, reflect.Uint8:
	case reflect.Slice:
		v.Set(reflect.MakeSlice(v.Type(), 1, 1))
		remplir(v.Index(0))
	case reflect.Struct:
		if v.Type() == reflect.TypeFor[time.Time]() {
			v.Set(reflect.ValueOf(time.Unix(1e9, 0)))
			return
		}
		for i := range v.NumField() {
			if v.Field(i).CanSet() {
				remplir(v.Field(i))
			}
		}
	}
}

// Each template takes its page's struct, empty and full, in both languages, and lets no text of others through
// as HTML.
func TestTemplates(t *testing.T) {
	t.Parallel()
	pages := map[string]func() web.UnePage{
		"cle.html": func() web.UnePage { return &pageCle{} }, "adresse.html": func() web.UnePage { return &pageAdresse{} }, "arret.html": func() web.UnePage { return &pageArret{} },
		"connecter.html": func() web.UnePage { return &pageConnexion{} }, "code.html": func() web.UnePage { return &pageCode{} },
		"ouvrir.html": func() web.UnePage { return &pageOuverture{} }, "lienmort.html": func() web.UnePage { return &pageLienMort{} },
		"oublier.html": func() web.UnePage { return &pageOubli{} }, "moncompte.html": func() web.UnePage { return &pageCompte{} },
		"motdepasse.html": func() web.UnePage { return &pageMotDePasse{} }, "secondfacteur.html": func() web.UnePage { return &pageFacteur{} },
		"secours.html": func() web.UnePage { return &pageSecours{} }, "retrait.html": func() web.UnePage { return &pageRetrait{} },
		"renouveler.html": func() web.UnePage { return &pageRenouveler{} }, "personnes.html": func() web.UnePage { return &pagePersonnes{} },
		"personne.html": func() web.UnePage { return &pagePersonne{} }, "mandater.html": func() web.UnePage { return &pageMandats{} },
		"agirpour.html": func() web.UnePage { return &pageAgirPour{} }, "gens.html": func() web.UnePage { return &pagePersonnes{} },
		"facteurperdu.html": func() web.UnePage { return &pagePerdu{} }, "gerer.html": func() web.UnePage { return &pageGerer{} }, "confirmer.html": func() web.UnePage { return &pageConfirmer{} },
		"invitations.html": func() web.UnePage { return &pageInvitations{} }, "ailleurs.html": func() web.UnePage { return &pageAilleurs{} },
	}
	for nom := range gabarits() {
		faire, ok := pages[nom]
		if !ok {
			t.Errorf("%s has no page", nom)
			continue
		}
		textes := map[string]bool{}
		for _, p := range []web.UnePage{faire(), remplie(faire())} {
			for _, l := range []modele.Langue{modele.Francais, modele.Anglais} {
				commune(p).Langue = l
				var b bytes.Buffer
				if err := gabarits()[nom].Cadre(l).ExecuteTemplate(&b, "cadre", p); err != nil {
					t.Errorf("%s: %v", nom, err)
				}
				if strings.Contains(b.String(), "<x>") {
					t.Errorf("%s lets HTML through", nom)
				}
				textes[b.String()] = true
			}
		}
		if len(textes) < 4 {
			t.Errorf("%s says the same in both languages", nom)
		}
	}
}

// What the person can mend is found however the error is wrapped; the rest stays an error.
func TestFaults(t *testing.T) {
	t.Parallel()
	s := &Service{Config: Config{Maintenant: func() time.Time { return time.Unix(0, 0) }}}
	panne := errors.New("disk full")
	un, deux := faute("a", "é", "e"), &TropEssais{Jusqua: time.Unix(61, 0)}
	fautes, autre := s.fautes(fmt.Errorf("x: %w", errors.Join(un, nil, errors.Join(deux))))
	if len(fautes) != 1 || autre != nil {
		t.Errorf("%v, %v", fautes, autre)
	}
	fautes, autre = s.fautes(errors.Join(un, errors.Join(deux, panne)))
	if len(fautes) != 2 || !errors.Is(autre, panne) || !strings.Contains(fautes[1].Fr, "2 minutes") {
		t.Errorf("%v, %v", fautes, autre)
	}
}

// A household is one network, whichever of its addresses it uses.
func TestProvenance(t *testing.T) {
	t.Parallel()
	for adresse, want := range map[string]string{
		"192.0.2.1:80": "192.0.2.1/32", "[2001:db8:1:2:3::4]:80": "2001:db8:1:2::/64", "[::ffff:192.0.2.1]:80": "192.0.2.1/32",
		"[fe80::1%eth0]:80": "fe80::/64", "@": "@",
	} {
		r := httptest.NewRequest("GET", "/", nil)
		r.RemoteAddr = adresse
		if got := provenance(r); got != want {
			t.Errorf("%s: %s, want %s", adresse, got, want)
		}
	}
}

// A site of IPv6 has a brake beside those of its networks; an address of IPv4 has one.
func TestFreinPartout(t *testing.T) {
	t.Parallel()
	un, autre, ailleurs := freinAdresse.partout("2001:db8:1:2::/64"), freinAdresse.partout("2001:db8:1:3::/64"), freinAdresse.partout("2001:db8:2:2::/64")
	if len(un) != 2 || un[0].cle == autre[0].cle || un[1] != autre[1] || un[1].cle == ailleurs[1].cle || un[1].max != 10*un[0].max {
		t.Errorf("%+v, %+v, %+v", un, autre, ailleurs)
	}
	if v4 := freinAdresse.partout("192.0.2.1/32"); len(v4) != 1 {
		t.Errorf("%+v", v4)
	}
}
