package portail_test

import (
	"bytes"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"hash/crc32"
	"io"
	"mime/multipart"
	"net/http"
	"net/http/cookiejar"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/alexedwards/argon2id"

	"guichet/archive"
	"guichet/internal/attente"
	"guichet/internal/corpus"
	"guichet/internal/portail"
	accuseessai "guichet/internal/portail/accuse/essai"
	"guichet/internal/portail/db"
	"guichet/internal/portail/db/essai"
	"guichet/internal/portail/examen"
	webessai "guichet/internal/portail/web/essai"
	"guichet/referentiel"
)

// The test binary is also the program that examines archives, as the real one is.
func TestMain(m *testing.M) {
	if len(os.Args) == 2 && os.Args[1] == examen.Commande {
		if examen.Repondre(os.Stdin, os.Stdout) != nil {
			os.Exit(1)
		}
		os.Exit(0)
	}
	code := m.Run()
	if err := portail.RetirerExemple(); err != nil {
		fmt.Fprintln(os.Stderr, err)
		code = 1
	}
	os.Exit(code)
}

const motDePasse = "quatre mots sans rapport"

// peupler adds two suppliers, each with one software and one depositor.
func peupler(t *testing.T, base string) {
	t.Helper()
	b, err := db.Ouvrir(t.Context(), base)
	if err != nil {
		t.Fatal(err)
	}
	defer func() {
		if err := b.Fermer(); err != nil {
			t.Error(err)
		}
	}()
	hache, err := argon2id.CreateHash(motDePasse, &argon2id.Params{Memory: 64, Iterations: 1, Parallelism: 1, SaltLength: 16, KeyLength: 32})
	if err != nil {
		t.Fatal(err)
	}
	err = b.Ecrire(t.Context(), func(ctx context.Context, tx *sql.Tx) error {
		return errors.Join(
			ajouter(ctx, tx, "00000000100008", "ANS0000001", "depot@exemple.invalid", hache),
			ajouter(ctx, tx, "00000000200006", "ANS0000002", "autre@exemple.invalid", hache),
		)
	})
	if err != nil {
		t.Fatal(err)
	}
}

// ajouter adds one supplier, its software and its depositor.
func ajouter(ctx context.Context, tx *sql.Tx, siret, ans, courriel, hache string) error {
	var f, c int64
	err := tx.QueryRowContext(ctx, `INSERT INTO fournisseur (siret, raison_sociale, etat, contact, courriel, telephone, cree)
		VALUES ($1, 'ÉDITEUR D''EXEMPLE', 'actif', 'EXEMPLE', 'contact@exemple.invalid', '+33 1 99 00 00 00', 1) RETURNING id`, siret).Scan(&f)
	if err != nil {
		return err
	}
	if _, err := tx.ExecContext(ctx, `INSERT INTO logiciel (numero_ans, fournisseur_id, nom) VALUES ($1, $2, 'LOGICIEL D''EXEMPLE')`, ans, f); err != nil {
		return err
	}
	err = tx.QueryRowContext(ctx, `INSERT INTO compte (courriel, nom, mot_de_passe, etat, cree)
		VALUES ($1, 'Camille Exemple', $2, 'actif', 1) RETURNING id`, courriel, hache).Scan(&c)
	if err != nil {
		return err
	}
	_, err = tx.ExecContext(ctx, `INSERT INTO role (compte_id, fournisseur_id, role) VALUES ($1, $2, 'deposant')`, c, f)
	return err
}

// entrer signs somebody in.
func entrer(t *testing.T, site *httptest.Server, courriel string) *visiteur {
	t.Helper()
	jar, err := cookiejar.New(nil)
	if err != nil {
		t.Fatal(err)
	}
	v := &visiteur{t, site, &http.Client{Jar: jar}}
	if ou, texte := v.poster("/connexion", url.Values{"courriel": {courriel}, "motdepasse": {motDePasse}}); ou != "/accueil" {
		t.Fatalf("signed in, one is at %s\n%.2000s", ou, texte)
	}
	return v
}

// rien asks for what another supplier has, and wants the answer to what does not exist.
func (v *visiteur) rien(methode, chemin string) {
	v.t.Helper()
	r, err := http.NewRequestWithContext(v.t.Context(), methode, v.site.URL+chemin, nil)
	if err != nil {
		v.t.Fatal(err)
	}
	a, err := v.http.Do(r)
	if err != nil {
		v.t.Fatal(err)
	}
	defer a.Body.Close()
	if a.StatusCode != http.StatusNotFound {
		v.t.Errorf("%s %s: %d for a stranger, want 404", methode, chemin, a.StatusCode)
	}
}

// visiteur is a browser without script.
type visiteur struct {
	t    *testing.T
	site *httptest.Server
	http *http.Client
}

func (v *visiteur) demander(r *http.Request) (string, string) {
	v.t.Helper()
	a, err := v.http.Do(r)
	if err != nil {
		v.t.Fatal(err)
	}
	defer a.Body.Close()
	texte, err := io.ReadAll(a.Body)
	if err != nil || a.StatusCode != http.StatusOK {
		v.t.Fatalf("%s %s: %d, %v\n%.2000s", r.Method, r.URL.Path, a.StatusCode, err, texte)
	}
	return a.Request.URL.Path, string(texte)
}

func (v *visiteur) lire(chemin string) string {
	v.t.Helper()
	r, err := http.NewRequestWithContext(v.t.Context(), http.MethodGet, v.site.URL+chemin, nil)
	if err != nil {
		v.t.Fatal(err)
	}
	_, texte := v.demander(r)
	return texte
}

func (v *visiteur) poster(chemin string, champs url.Values) (string, string) {
	v.t.Helper()
	r, err := http.NewRequestWithContext(v.t.Context(), http.MethodPost, v.site.URL+chemin, strings.NewReader(champs.Encode()))
	if err != nil {
		v.t.Fatal(err)
	}
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	return v.demander(r)
}

// envoyer posts a form with a file.
func (v *visiteur) envoyer(chemin string, champs map[string]string, champ, nom string, octets []byte) (string, string) {
	v.t.Helper()
	var b bytes.Buffer
	m := multipart.NewWriter(&b)
	for c, valeur := range champs {
		if err := m.WriteField(c, valeur); err != nil {
			v.t.Fatal(err)
		}
	}
	w, err := m.CreateFormFile(champ, nom)
	if err == nil {
		_, err = w.Write(octets)
	}
	if err == nil {
		err = m.Close()
	}
	if err != nil {
		v.t.Fatal(err)
	}
	r, err := http.NewRequestWithContext(v.t.Context(), http.MethodPost, v.site.URL+chemin, &b)
	if err != nil {
		v.t.Fatal(err)
	}
	r.Header.Set("Content-Type", m.FormDataContentType())
	return v.demander(r)
}

func veut(t *testing.T, texte string, morceaux ...string) {
	t.Helper()
	for _, m := range morceaux {
		if !strings.Contains(webessai.Espacer(texte), webessai.Espacer(m)) {
			_, corps, _ := strings.Cut(texte, "<h1>")
			t.Errorf("no %q in\n%.3000s", m, corps)
		}
	}
}

// lesPieces makes the archive of all documents that a file names.
func lesPieces(t *testing.T, octets []byte) []byte {
	t.Helper()
	noms := regexp.MustCompile(`MS1-DUI-Va1-[A-Z]+-[0-9A-Z]{5}\.pdf`).FindAllString(string(octets), -1)
	var contenus []archive.Contenu
	for _, nom := range noms {
		pdf := corpus.PDF(900)
		contenus = append(contenus, archive.Contenu{
			Nom: nom, Taille: int64(len(pdf)), CRC: crc32.ChecksumIEEE(pdf),
			Ouvrir: func() (io.ReadCloser, error) { return io.NopCloser(bytes.NewReader(pdf)), nil },
		})
	}
	var b bytes.Buffer
	if err := archive.Ecrire(t.Context(), &b, contenus); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// A depositor signs in, simulates, deposits a file of which one demande in four is refused, gets the returned
// file, sends the documents, and sees the demandes complete: all of it without
// script, on both databases. Another supplier is told of none of it.
func TestJourneyOfAFile(t *testing.T) {
	t.Parallel()
	for nom, base := range map[string]func(testing.TB) string{
		"sqlite":   func(t testing.TB) string { return t.TempDir() + "/portail.db" },
		"postgres": essai.AdressePostgres,
	} {
		t.Run(nom, func(t *testing.T) {
			t.Parallel()
			adresse := base(t)
			// registers are there before the counter is: while a job takes one up, a control goes on with those before
			p, site := guichet(t, adresse, func(c *portail.Config) { chargerRegistres(t, c.DossierReferentiels()) })
			peupler(t, adresse)
			depot, demande := parcourir(t, entrer(t, site, "depot@exemple.invalid"))
			courriels(t, p.DossierCourriels(), site.URL, depot)
			autre := entrer(t, site, "autre@exemple.invalid")
			for _, chemin := range []string{
				depot, depot + "/accuse", depot + "/accuse.pdf", depot + "/fichier", depot + "/retour", depot + "/corrige", depot + "/pieces", depot + "/pieces/0/BON_COMMANDE",
				depot + "/pieces/0/BON_COMMANDE/fichier", demande, demande + "/retrait",
			} {
				autre.rien(http.MethodGet, chemin)
			}
			for _, chemin := range []string{depot + "/pieces", demande + "/retrait"} {
				autre.rien(http.MethodPost, chemin)
			}
			autre.rien(http.MethodPut, depot+"/pieces/lot.zip")
			for _, chemin := range []string{"/depots", "/demandes", "/incompletes", "/export/demandes/csv"} {
				if texte := autre.lire(chemin); strings.Contains(texte, "ASP-") || strings.Contains(texte, "DEP-") {
					t.Errorf("%s shows another supplier's\n%.2000s", chemin, texte)
				}
			}
		})
	}
}

// chargerRegistres loads a register that knows one establishment, and a barème, while the counter is open.
func chargerRegistres(t *testing.T, dossier string) {
	t.Helper()
	r, err := referentiel.LireFiness(strings.NewReader("finess;etalab;98;2026-11-01\nstructureet;990000018;990000000;RÉSIDENCE D'EXEMPLE;;;;;;;;;001;99;;99001 EXEMPLE;;;500;;4401;;00000000100008;;;;;;;;;\n"), referentiel.Origine{})
	if err != nil {
		t.Fatal(err)
	}
	bareme, err := referentiel.LireBareme(strings.NewReader("tranche;esms_min;esms_max;montant_ttc\nA;1;4;2920.00\n"), referentiel.Origine{})
	if err != nil {
		t.Fatal(err)
	}
	for nom, ecrire := range map[referentiel.Nom]func(io.Writer) error{referentiel.NomFiness: r.Ecrire, referentiel.NomBareme: bareme.Ecrire} {
		var b bytes.Buffer
		if err := errors.Join(ecrire(&b), os.MkdirAll(dossier, 0o700)); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(dossier+"/"+nom.Fichier(), b.Bytes(), 0o600); err != nil {
			t.Fatal(err)
		}
	}
}

func parcourir(t *testing.T, v *visiteur) (ou, demande string) {
	octets := corpus.Fichier(corpus.Forme{Demandes: 8, OGs: 1, ESMS: 1, Indente: true, Fautives: 4})
	const fichier = "JSON-ANS0000001-20261124-001.json"
	champs := map[string]string{"type": "avance", "numeroAns": "ANS0000001"}
	veut(t, v.lire("/accueil"), "Pour commencer", `href="/deposer"`)
	controle, texte := v.envoyer("/controler", champs, "fichier", fichier, octets)
	veut(t, texte, "Contrôle de "+fichier, "accepté en partie", "Rien n&#39;est enregistré", "Corrigez d&#39;abord", "F110", "même ceux des demandes refusées")
	veut(t, texte, "A509", "Vérifié avec", "FINESS du 01/11/2026", "ESMS éligibles : ce guichet n&#39;a pas leur liste")
	if strings.Contains(texte, "carnet") {
		t.Error("the counter speaks of a ledger")
	}
	veut(t, v.lire("/depots"), "Aucun dépôt")

	ou, texte = v.poster(controle+"/deposer", nil)
	veut(t, texte, "accepté en partie", ">6 acceptées</a>, 2 refusées", "F110", "ASP-")
	impID := strings.TrimPrefix(ou, "/depots/")
	retour := v.lire(ou + "/retour")
	veut(t, retour, impID, `"codeTraitement": "0000"`, `"codeTraitement": "F110"`)
	if sans := regexp.MustCompile(`"(impId|numeroASP|codeTraitement|libelleTraitement)": ("(?:[^"\\]|\\.)*"|null)`); sans.ReplaceAllString(retour, "") != sans.ReplaceAllString(string(octets), "") {
		t.Error("the returned file differs in more than the four tags")
	}
	veut(t, texte, "Accusé de réception", "décision implicite de rejet", "24/01/2027", "recours gracieux", "Service chargé du dossier")
	veut(t, v.lire(ou+"/accuse"), "Demandes acceptées, et pièces que chacune attend", "Demandes refusées", "ASP-")
	if pdf := v.lire(ou + "/accuse.pdf"); !strings.Contains(accuseessai.LirePDF(t, []byte(pdf)), impID) {
		t.Errorf("the PDF of the receipt does not say %s", impID)
	}
	veut(t, v.lire("/accueil"), `href="/incompletes"`, "demandes incomplètes")
	_, texte = v.envoyer("/deposer", champs, "fichier", fichier, octets)
	veut(t, texte, "déjà été déposé")

	veut(t, v.lire("/demandes"), ">Incomplète</span>", "00001")
	v.envoyer(ou+"/pieces", nil, "archives", "lot.zip", lesPieces(t, octets))
	attente.Jusqua(t, "the documents examined", func() bool {
		texte = v.lire(ou + "/pieces")
		return !strings.Contains(texte, "Un examen est en cours")
	})
	veut(t, texte, "Reçue")
	texte = v.lire("/demandes")
	veut(t, texte, ">Complète</span>")
	if strings.Contains(texte, ">Incomplète</span>") {
		t.Error("a demande with all its documents is incomplete")
	}
	veut(t, v.lire("/incompletes"), "Aucune")
	if strings.Contains(v.lire("/accueil"), "demandes incomplètes") {
		t.Error("the home page speaks of incomplete demandes when there are none")
	}
	numero := regexp.MustCompile(`/demandes/(ASP-[0-9-]+)`).FindStringSubmatch(texte)
	demande = "/demandes/" + numero[1]
	veut(t, v.lire(demande), "DURANDAL", "montantSegurHT", "2\u00a0433,33\u00a0€ = 1 × 2\u00a0920,00\u00a0€", ">dépassé<")
	return ou, demande
}

// courriels wants three mails: one for the sign-in from a browser that is not known; one for the deposit, though it was deposited twice, with
// its receipt attached; one for the documents, which says too that nothing is missing. What is incomplete is told until nothing is.
func courriels(t *testing.T, dossier, site, depot string) {
	t.Helper()
	var tous []string
	attente.Jusqua(t, "three mails", func() bool {
		tous = lireCourriels(t, dossier)
		return len(tous) >= 3
	})
	accuses := 0
	for _, texte := range tous {
		if strings.Contains(texte, "application/pdf") {
			accuses++
			veut(t, texte, "accuse-"+strings.TrimPrefix(depot, "/depots/")+".pdf", "6 accept", site+depot+"/accuse", site+depot+"/pieces")
		} else if strings.Contains(texte, "/incompletes") {
			t.Errorf("a mail speaks of incomplete demandes when there are none\n%s", texte)
		}
	}
	if accuses != 1 || len(tous) != 3 {
		t.Errorf("%d mails, of which %d have a receipt; want 3 and 1", len(tous), accuses)
	}
}

// lireCourriels reads the mails that were put in a folder, their lines put together again.
func lireCourriels(t *testing.T, dossier string) (tous []string) {
	t.Helper()
	noms, err := filepath.Glob(filepath.Join(dossier, "*.eml"))
	if err != nil {
		t.Fatal(err)
	}
	for _, nom := range noms {
		octets, err := os.ReadFile(nom)
		if err != nil {
			t.Fatal(err)
		}
		tous = append(tous, strings.ReplaceAll(string(octets), "=\r\n", ""))
	}
	return tous
}
