package web_test

import (
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/chromedp/chromedp"

	"guichet/internal/navigateur"
	"guichet/internal/portail/web"
	"guichet/internal/portail/web/essai"
	"guichet/modele"
)

// vitrine is a page with each part that pages are made of.
var vitrine = web.Gabarits(fstest.MapFS{"vitrine.html": {Data: []byte(`{{define "contenu"}}
<p>{{.T "Une page d'essai qui montre toutes les parties." "A page for tests that shows all parts."}} {{template "etiquette" .Etiquette "ok" (.T "Acceptée" "Accepted")}} {{template "etiquette" .Etiquette "rejet" (.T "Rejetée" "Rejected")}} {{template "etiquette" .Etiquette "neutre" (.T "Retirée" "Withdrawn")}}</p>
<form method="post" action="{{.Chemin}}" enctype="multipart/form-data" novalidate>
{{template "champ" .Champ "texte" "nom" (.T "Raison sociale" "Company name") (.Auto "organization")}}
{{template "champ" .Champ "courriel" "courriel" (.T "Adresse électronique" "E-mail address") (.Aide (.T "Par exemple nom@exemple.fr" "For example name@example.org")) (.Auto "email")}}
{{template "champ" .Champ "secret" "secret" (.T "Mot de passe" "Password") (.Auto "current-password")}}
{{template "champ" .Champ "liste" "liste" (.T "Profil" "Profile") (.Choix .Tous)}}
{{template "champ" .Champ "choix" "choix" (.T "Type de demande" "Kind of request") (.Choix .Tous)}}
{{template "champ" .Champ "cases" "cases" (.T "Courriels voulus" "Wanted mails") (.Choix .Tous)}}
{{template "champ" .Champ "date" "date" (.T "Date de commande" "Date of the order")}}
{{template "champ" .Champ "montant" "montant" (.T "Montant" "Amount") (.Facultatif)}}
{{template "champ" .Champ "long" "motif" (.T "Motif" "Reason") (.Lignes 3)}}
{{template "champ" .Champ "fichier" "fichier" (.T "Fichier JSON" "JSON file") (.Aide (.T "Un fichier .json de 20 Mo au plus." "One .json file of at most 20 MB.")) (.Accepte ".json")}}
<button>{{.T "Vérifier" "Check"}}</button>
</form>
<div class="tableau" role="region" tabindex="0" aria-label="{{.T "Demandes" "Requests"}}"><table><caption>{{.T "Demandes" "Requests"}}</caption>
<thead><tr><th scope="col">{{.T "Numéro" "Number"}}</th><th scope="col">{{.T "Établissement" "Institution"}}</th><th scope="col">{{.T "État" "State"}}</th><th scope="col" class="n">{{.T "Montant" "Amount"}}</th></tr></thead>
<tbody><tr><td>SONS-AV-000000001</td><td>ÉTABLISSEMENT D'EXEMPLE DU DÉPARTEMENT 99</td><td>{{template "etiquette" .Etiquette "info" (.T "En cours de contrôle" "Being checked")}}</td><td class="n">{{.Montant 123456789}}</td></tr></tbody></table></div>
{{template "suite" .Suite "?page=1" "?page=3" (.T "51 à 100 sur 1 234" "51 to 100 of 1,234")}}
{{template "graphique" .Etats}}
<dl><dt>SIRET</dt><dd>00000000100008</dd><dt>{{.T "Reçu le" "Received"}}</dt><dd>{{.Instant .Recu}}</dd></dl>
{{end}}`)}})

type pageVitrine struct {
	web.Page
	Tous  []web.Choix
	Etats web.Graphique
	Recu  time.Time
}

func montrerVitrine(w http.ResponseWriter, r *http.Request, fautes bool) error {
	fil := web.Lien{Nom: modele.Texte{Fr: "Demandes", En: "Requests"}, Adresse: "/demandes"}
	p := &pageVitrine{Page: web.NouvellePage(r, modele.Texte{Fr: "Vitrine", En: "Showcase"}, fil), Recu: essai.NouvelleHorloge().Maintenant()}
	p.Tous = []web.Choix{{Valeur: "a", Libelle: "Avance", Aide: "50 %"}, {Valeur: "s", Libelle: "Solde"}}
	p.Etats = web.Graphique{Titre: p.T("Demandes par état", "Requests by state"), Colonne: p.T("État", "State"), Mesure: p.T("Nombre", "Number"),
		Barres: []web.Barre{{Nom: p.T("Acceptée", "Accepted"), Valeur: 120, Texte: "120"}, {Nom: p.T("Rejetée", "Rejected"), Valeur: 7, Texte: "7"}}}
	if fautes {
		for _, champ := range []string{"nom", "liste", "choix", "cases", "date", "fichier"} {
			p.Refuser(champ, "Indiquez « "+champ+" ».", "Give “"+champ+"”.")
		}
		p.Refuser("", "Le fichier n'a pas été reçu.", "The file was not received.")
	}
	return vitrine.Montrer(w, r, "vitrine.html", p)
}

func siteVitrine(t *testing.T) *essai.Site {
	return essai.Servir(t, func(adresse string) http.Handler {
		return web.Routeur([]web.Route{
			{Motif: "GET /vitrine", Servir: func(w http.ResponseWriter, r *http.Request) error { return montrerVitrine(w, r, false) }},
			{Motif: "GET /fautes", Servir: func(w http.ResponseWriter, r *http.Request) error { return montrerVitrine(w, r, true) }},
			{Motif: "POST /vitrine", Corps: 1 << 20, Servir: recevoir},
		}, &web.Site{
			Maintenant: time.Now, Log: slog.New(slog.DiscardHandler), Adresse: adresse,
			Agence:   web.Agence{Nom: "Agence d'essai", Courriel: "agence@exemple.invalid", Telephone: "+33 1 99 00 00 00"},
			Visiteur: visiteurEssai,
		})
	})
}

// recevoir takes a file; one that is not JSON is a fault to mend.
func recevoir(w http.ResponseWriter, r *http.Request) error {
	parties, err := r.MultipartReader()
	if err != nil {
		return err
	}
	for {
		partie, err := parties.NextPart()
		if err == io.EOF {
			return montrerVitrine(w, r, true)
		}
		if err != nil {
			return err
		}
		contenu, err := io.ReadAll(partie)
		if err != nil {
			return err
		}
		if partie.FormName() == "fichier" && strings.HasPrefix(string(contenu), "{") {
			return web.AllerDire(w, r, "/accessibilite", modele.Texte{Fr: fmt.Sprintf("Reçu : %d octets.", len(contenu)), En: "Received."})
		}
	}
}

// Each part and each page of the site is accessible and fits, narrow and wide, light and dark.
func TestLayout(t *testing.T) {
	t.Parallel()
	site, b := siteVitrine(t), navigateur.Start(t)
	for _, chemin := range []string{"/vitrine", "/fautes?lang=fr", "/accessibilite", "/nulle-part"} {
		for nom, v := range map[string]navigateur.View{
			"wide": {Width: 1280}, "narrow and dark": {Width: 320, Dark: true},
		} {
			p := b.Open(t, site.URL+chemin, v)
			if n := p.Overflow(t); n > 0 {
				t.Errorf("%s, %s: %d px too wide", chemin, nom, n)
			}
			for _, faute := range p.Violations(t) {
				t.Errorf("%s, %s: %s", chemin, nom, faute)
			}
			photographier(t, p, chemin+" "+nom)
		}
	}
}

// photographier keeps a picture where GUICHET_PHOTOS says, for people to look at.
func photographier(t *testing.T, p *navigateur.Page, nom string) {
	t.Helper()
	if dossier := os.Getenv("GUICHET_PHOTOS"); dossier != "" {
		p.Screenshot(t, filepath.Join(dossier, strings.NewReplacer("/", "_", " ", "_", "?", "_").Replace("web"+nom)+".png"))
	}
}

// A file is sent with script and without: what follows is the same.
func TestSendingAFile(t *testing.T) {
	t.Parallel()
	site, b := siteVitrine(t), navigateur.Start(t)
	dossier := t.TempDir()
	for _, c := range []struct{ contenu, titre, texte string }{
		{"{}", "Accessibilité – Guichet", "Reçu : 2 octets."}, {"<html>", "Erreur : Vitrine – Guichet", "Il y a un problème"},
	} {
		fichier := filepath.Join(dossier, "f.json")
		if err := os.WriteFile(fichier, []byte(c.contenu), 0o600); err != nil {
			t.Fatal(err)
		}
		for _, sansScript := range []bool{false, true} {
			p := b.Open(t, site.URL+"/vitrine?lang=fr", navigateur.View{SansScript: sansScript})
			err := chromedp.Do(p.Context,
				chromedp.SetUploadFiles("#fichier", []string{fichier}),
				chromedp.Click("main form button"),
				chromedp.WaitVisible(".fait, .resume"),
			)
			if err != nil {
				t.Fatalf("without script %t: %v", sansScript, err)
			}
			titre := navigateur.Evaluate[string](t, p, "document.title")
			texte := navigateur.Evaluate[string](t, p, "document.body.innerText")
			if titre != c.titre || !strings.Contains(texte, c.texte) {
				t.Errorf("without script %t: %q, want %q with %q\n%.500s", sansScript, titre, c.titre, c.texte, texte)
			}
			if c.contenu == "{}" && len(p.Errors()) > 0 {
				t.Errorf("without script %t: %q", sansScript, p.Errors())
			}
		}
	}
}

// The page's type and its template agree, in all branches.
func TestTemplates(t *testing.T) {
	t.Parallel()
	essai.Gabarits(t, vitrine, map[string]web.UnePage{"vitrine.html": &pageVitrine{}})
}
