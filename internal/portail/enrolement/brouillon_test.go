package enrolement_test

import (
	"encoding/json"
	"errors"
	"net/http"
	"net/netip"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"guichet/internal/portail/db"
	dbessai "guichet/internal/portail/db/essai"
	"guichet/internal/portail/enrolement"
	"guichet/internal/portail/web"
	"guichet/modele"
)

const reseau = "192.0.2.1/32"

// commence opens a draft whose contact has an address.
func (x *banc) commence(t testing.TB, a string) (secret string) {
	t.Helper()
	secret, err := x.Commencer(t.Context(), modele.Francais)
	if err != nil {
		t.Fatal(err)
	}
	x.ecrit(t, secret, a)
	return secret
}

// ecrit gives the contact of a draft another address.
func (x *banc) ecrit(t testing.TB, secret, a string) {
	t.Helper()
	err := x.Modifier(t.Context(), secret, func(d *enrolement.Dossier) error {
		return d.Interlocuteur("Dominique Exemple", a, "01 99 00 45 67", false)
	})
	if err != nil {
		t.Fatal(err)
	}
}

// mails counts those to an address, and gives the secret of the last link.
func (x *banc) mails(a string) (n int, lien string) {
	x.mu.Lock()
	defer x.mu.Unlock()
	for _, c := range x.courriels {
		if c.A == a {
			n++
			_, suite, _ := strings.Cut(c.Texte, "/enrolement/lien/")
			lien, _, _ = strings.Cut(suite, "\n")
		}
	}
	return n, lien
}

// The link to a draft is mailed once for an address, opens it as its own browser does, and says nothing that was typed. A
// former address of the contact opens nothing, but for the browser that changed it; a former one that comes back opens again.
func TestLinkToTheDraft(t *testing.T) {
	t.Parallel()
	dbessai.Bases(t, func(t *testing.T, b *db.Base) {
		x := nouveau(t, b)
		ctx := t.Context()
		secret := x.commence(t, "un@exemple.invalid")
		envoyer := func(cle string, want bool) {
			t.Helper()
			if envoye, err := x.EnvoyerLien(ctx, cle, reseau); envoye != want || err != nil {
				t.Fatalf("mailed: %v, %v, want %v", envoye, err, want)
			}
		}
		envoyer(secret, true)
		envoyer(secret, false)
		n, lien := x.mails("un@exemple.invalid")
		c := x.dernier(t)
		if n != 1 || c.Nom != "" || strings.Contains(c.Texte, "Dominique") || !strings.Contains(c.Texte, "60 jours") || !strings.Contains(c.Texte, "Si ce n'est pas vous") {
			t.Errorf("%d mails, the last %+v", n, c)
		}
		ouvre := func(cle string, want bool) {
			t.Helper()
			_, err := x.Service.Lire(ctx, cle)
			if (err == nil) != want || err != nil && !errors.Is(err, enrolement.ErrInconnu) {
				t.Errorf("opens: %v, want %v", err, want)
			}
		}
		ouvre(lien, true)
		x.ecrit(t, secret, "deux@exemple.invalid")
		envoyer(secret, true)
		_, deux := x.mails("deux@exemple.invalid")
		ouvre(lien, false)
		ouvre(deux, true)
		x.ecrit(t, deux, "un@exemple.invalid")
		envoyer(deux, false)
		ouvre(lien, true)
		ouvre(deux, true)
		ouvre(secret, true)
	})
}

// Nobody floods a stranger's mail box, from many drafts or many networks; nor many strangers' from one network. What was not
// mailed can be, a day later.
func TestLinksAreBounded(t *testing.T) {
	t.Parallel()
	dbessai.Bases(t, func(t *testing.T, b *db.Base) {
		x := nouveau(t, b)
		var dernier string
		for i := range 6 {
			dernier = x.commence(t, adresse)
			_, err := x.EnvoyerLien(t.Context(), dernier, netip.AddrFrom4([4]byte{192, 0, 2, byte(i)}).String()+"/32")
			if want := i >= 3; errors.Is(err, enrolement.ErrFrein) != want {
				t.Errorf("mail %d: %v", i, err)
			}
		}
		x.Horloge.Avancer(25 * time.Hour)
		if envoye, err := x.EnvoyerLien(t.Context(), dernier, reseau); !envoye || err != nil {
			t.Errorf("a day later: %v, %v", envoye, err)
		}
		if n, _ := x.mails(adresse); n != 4 {
			t.Errorf("%d mails", n)
		}
		envoyes := 0
		for i := range 15 {
			secret := x.commence(t, "x"+string(rune('a'+i))+"@exemple.invalid")
			if envoye, _ := x.EnvoyerLien(t.Context(), secret, "198.51.100.7/32"); envoye {
				envoyes++
			}
		}
		if envoyes != 10 {
			t.Errorf("%d mails to strangers from one network, want 10", envoyes)
		}
	})
}

// A network has so many drafts open; one that is thrown away, sent or forgotten makes room at once. For IPv6 the site around
// counts too.
// ASVS 2.3.2, 2.4.1.
func TestDraftsOfANetwork(t *testing.T) {
	t.Parallel()
	dbessai.Bases(t, func(t *testing.T, b *db.Base) {
		x := nouveau(t, b)
		ctx := t.Context()
		sien := netip.MustParsePrefix(reseau)
		var secrets []string
		for range 20 {
			secret, err := x.Commencer(ctx, modele.Francais, sien)
			if err != nil {
				t.Fatal(err)
			}
			secrets = append(secrets, secret)
		}
		var refus *web.Refus
		if _, err := x.Commencer(ctx, modele.Francais, sien); !errors.As(err, &refus) || refus.Etat != http.StatusTooManyRequests {
			t.Errorf("one more: %v", err)
		}
		if _, err := x.Commencer(ctx, modele.Francais, netip.MustParsePrefix("192.0.2.2/32")); err != nil {
			t.Errorf("another network: %v", err)
		}
		if err := x.Abandonner(ctx, secrets[0]); err != nil {
			t.Fatal(err)
		}
		if _, err := x.Commencer(ctx, modele.Francais, sien); err != nil {
			t.Errorf("after one was thrown away: %v", err)
		}
		x.remplit(t, secrets[1])
		if _, err := x.EnvoyerDemande(ctx, secrets[1], true); err != nil {
			t.Fatal(err)
		}
		if _, err := x.Commencer(ctx, modele.Francais, sien); err != nil {
			t.Errorf("after one was sent: %v", err)
		}
		if _, err := x.Commencer(ctx, modele.Francais, sien); err == nil {
			t.Error("one more than there is room for")
		}
		x.Horloge.Avancer(61 * 24 * time.Hour)
		if err := x.Service.Balayer(ctx); err != nil {
			t.Fatal(err)
		}
		if _, err := x.Commencer(ctx, modele.Francais, sien); err != nil {
			t.Errorf("after they were forgotten: %v", err)
		}
	})
}

// Who has many networks of IPv6 has those of one site: it has ten times the room of one.
func TestDraftsOfASite(t *testing.T) {
	t.Parallel()
	dbessai.Bases(t, func(t *testing.T, b *db.Base) {
		x := nouveau(t, b)
		site := netip.MustParsePrefix("2001:db8:1::/48")
		ouverts := 0
		for i := range 205 {
			reseau := netip.PrefixFrom(netip.AddrFrom16([16]byte{0x20, 1, 0xd, 0xb8, 0, 1, 0, byte(i)}), 64)
			if _, err := x.Commencer(t.Context(), modele.Francais, reseau, site); err == nil {
				ouverts++
			}
		}
		if ouverts != 200 {
			t.Errorf("%d drafts of one site, want 200", ouverts)
		}
	})
}

func fichiers(t testing.TB, racine string) (chemins []string) {
	t.Helper()
	chemins, err := filepath.Glob(filepath.Join(racine, "[0-9a-f][0-9a-f]", "*"))
	if err != nil {
		t.Fatal(err)
	}
	return chemins
}

// vieillir makes files as old as nobody is about to refer to them.
func vieillir(t testing.TB, chemins []string) {
	t.Helper()
	for _, c := range chemins {
		if err := os.Chtimes(c, time.Time{}, time.Now().Add(-time.Hour)); err != nil {
			t.Fatal(err)
		}
	}
}

// A draft takes so many documents, those that were replaced included. Room is free at once: of one that was replaced, of a
// draft that is thrown away or forgotten; a file that another request has too stays.
// ASVS 2.3.2.
func TestRoomOfDocuments(t *testing.T) {
	t.Parallel()
	dbessai.Bases(t, func(t *testing.T, b *db.Base) {
		x := nouveau(t, b)
		ctx := t.Context()
		secret := x.complet(t) // one file, five times
		autre := x.complet(t)
		image := enrolement.Fichier{Nom: "autre.png", Octets: append(image1(t), "fin"...)}
		joindre := func() error { return x.Joindre(ctx, secret, "rib", image) }
		if err := joindre(); err != nil {
			t.Fatal(err)
		}
		if n := len(fichiers(t, x.dossier)); n != 2 {
			t.Fatalf("%d files", n)
		}
		vieillir(t, fichiers(t, x.dossier))
		if err := x.Joindre(ctx, secret, "rib", enrolement.Fichier{Nom: "rib.png", Octets: image1(t)}); err != nil {
			t.Fatal(err)
		}
		if n := len(fichiers(t, x.dossier)); n != 1 {
			t.Errorf("%d files once one was replaced", n)
		}
		for range 30 - 7 {
			if err := joindre(); err != nil {
				t.Fatal(err)
			}
		}
		if err := joindre(); champs(err) != "fichier-rib;" {
			t.Errorf("one document too many: %v", err)
		}
		vieillir(t, fichiers(t, x.dossier))
		if err := x.Abandonner(ctx, secret); err != nil {
			t.Fatal(err)
		}
		if n := len(fichiers(t, x.dossier)); n != 1 {
			t.Errorf("%d files once the draft was thrown away, want that of the other", n)
		}
		if _, err := x.Service.Lire(ctx, secret); !errors.Is(err, enrolement.ErrInconnu) {
			t.Errorf("the draft: %v", err)
		}
		x.Horloge.Avancer(61 * 24 * time.Hour)
		if err := x.Service.Balayer(ctx); err != nil {
			t.Fatal(err)
		}
		if n := len(fichiers(t, x.dossier)); n != 0 {
			t.Errorf("%d files once the last draft was forgotten", n)
		}
		if _, err := x.Service.Lire(ctx, autre); !errors.Is(err, enrolement.ErrInconnu) {
			t.Errorf("the other draft: %v", err)
		}
	})
}

// What was sent is not thrown away, whatever its state; the link to the draft leads to it until the agency gives it back.
func TestSentIsNotThrownAway(t *testing.T) {
	t.Parallel()
	dbessai.Bases(t, func(t *testing.T, b *db.Base) {
		x := nouveau(t, b)
		secret := x.complet(t)
		if _, err := x.EnvoyerLien(t.Context(), secret, reseau); err != nil {
			t.Fatal(err)
		}
		_, lien := x.mails(adresse)
		if _, err := x.EnvoyerDemande(t.Context(), lien, true); err != nil {
			t.Fatal(err)
		}
		e, err := x.Service.Lire(t.Context(), lien)
		if err != nil {
			t.Fatal(err)
		}
		if err := x.Abandonner(t.Context(), secret); !errors.Is(err, enrolement.ErrFige) {
			t.Error(err)
		}
		err = x.Decider(t.Context(), x.Administrateur.Compte, e.ID, enrolement.Decision{Envoye: db.Instant(e.Envoye), Motif: "non"})
		if err != nil {
			t.Fatal(err)
		}
		if _, err := x.Service.Lire(t.Context(), lien); !errors.Is(err, enrolement.ErrInconnu) {
			t.Errorf("the link to the draft, once the agency has mailed another: %v", err)
		}
		_, suite, _ := strings.Cut(x.dernier(t).Texte, "/enrolement/lien/")
		if err := x.Abandonner(t.Context(), strings.Fields(suite)[0]); !errors.Is(err, enrolement.ErrFige) {
			t.Error(err)
		}
	})
}

// etats writes the parts of a request in one line.
func etats(etapes []enrolement.Etape) string {
	var mots []string
	for _, x := range etapes {
		mot := "à compléter"
		switch {
		case x.Fait:
			mot = "fait"
		case len(x.Erreurs) > 0:
			mot = "en erreur"
		}
		mots = append(mots, mot)
	}
	return strings.Join(mots, ", ")
}

// The list of parts says what is done, missing and wrong, and a request can be sent exactly when all of it is done.
func TestParts(t *testing.T) {
	t.Parallel()
	dbessai.Bases(t, func(t *testing.T, b *db.Base) {
		x := nouveau(t, b)
		secret := x.complet(t)
		complet, err := x.Service.Lire(t.Context(), secret)
		if err != nil {
			t.Fatal(err)
		}
		for nom, cas := range map[string]struct {
			change func(d *enrolement.Dossier)
			want   string
		}{
			"complete":           {func(*enrolement.Dossier) {}, "fait, fait, fait, fait, fait"},
			"empty":              {func(d *enrolement.Dossier) { *d = enrolement.Dossier{} }, "à compléter, à compléter, à compléter, à compléter, fait"},
			"SIRET":              {func(d *enrolement.Dossier) { d.SIRET = "00000000300005" }, "en erreur, fait, fait, fait, fait"},
			"telephone":          {func(d *enrolement.Dossier) { d.Telephone = "+32 2" }, "fait, en erreur, fait, fait, fait"},
			"software":           {func(d *enrolement.Dossier) { d.Logiciels = []enrolement.Logiciel{{NumeroAns: "X"}} }, "fait, fait, en erreur, fait, fait"},
			"no software":        {func(d *enrolement.Dossier) { d.Logiciels = nil }, "fait, fait, à compléter, fait, fait"},
			"IBAN":               {func(d *enrolement.Dossier) { d.IBAN = iban[:26] + "0" }, "fait, fait, fait, en erreur, fait"},
			"a name of agency's": {func(d *enrolement.Dossier) { d.Contact = "Agence" }, "fait, en erreur, fait, fait, fait"},
		} {
			d := complet.Dossier
			cas.change(&d)
			donnees, err := json.Marshal(d)
			if err != nil {
				t.Fatal(err)
			}
			ecrireSQL(t, b, `UPDATE enrolement SET donnees = $1, etat = 'brouillon' WHERE id = $2`, string(donnees), complet.ID)
			e, err := x.Service.Lire(t.Context(), secret)
			if err != nil {
				t.Fatal(err)
			}
			if got := etats(x.Etapes(e)); got != cas.want {
				t.Errorf("%s: %s, want %s", nom, got, cas.want)
			}
			_, err = x.EnvoyerDemande(t.Context(), secret, true)
			if tout := !strings.Contains(cas.want, "à compléter") && !strings.Contains(cas.want, "en erreur"); tout != (err == nil) {
				t.Errorf("%s: sent: %v", nom, err)
			}
		}
		donnees, err := json.Marshal(complet.Dossier)
		if err != nil {
			t.Fatal(err)
		}
		ecrireSQL(t, b, `UPDATE enrolement SET donnees = $1, etat = 'brouillon' WHERE id = $2`, string(donnees), complet.ID)
		ecrireSQL(t, b, `DELETE FROM piece_enrolement WHERE genre IN ('rib', 'mandat')`)
		e, err := x.Service.Lire(t.Context(), secret)
		if err != nil {
			t.Fatal(err)
		}
		pieces := x.Etapes(e)[4]
		if pieces.Fait || !strings.HasPrefix(pieces.Dit.Fr, "3 sur 5. Il manque : Mandat de la personne") || !strings.Contains(pieces.Dit.En, "; Bank details") {
			t.Errorf("%+v", pieces)
		}
	})
}

// Of many who begin at once from one network, as many have a draft as it may have open.
func TestManyBeginAtOnce(t *testing.T) {
	t.Parallel()
	dbessai.Bases(t, func(t *testing.T, b *db.Base) {
		x := nouveau(t, b)
		reseaux := []netip.Prefix{netip.MustParsePrefix("192.0.2.7/32")}
		var attente sync.WaitGroup
		var ouverts atomic.Int64
		for range 40 {
			attente.Go(func() {
				if _, err := x.Commencer(t.Context(), modele.Francais, reseaux...); err == nil {
					ouverts.Add(1)
				}
			})
		}
		attente.Wait()
		if ouverts.Load() != 20 {
			t.Errorf("%d drafts", ouverts.Load())
		}
	})
}
