package main

import (
	"context"
	"fmt"
	"net/http"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"guichet/internal/attente"
	dbessai "guichet/internal/portail/db/essai"
	"guichet/internal/portail/web/essai"
)

// The life of a demande, from the table of its supplier to the letter that the supplier reads, as people lead it: the desk by its
// commands, the counter by its pages, on both databases. The counter is stopped while the decision may still be taken back, and tells of
// it when it opens again.
func TestLifeOfADemande(t *testing.T) {
	t.Parallel()
	for name, database := range map[string]func(testing.TB) string{
		"sqlite": func(t testing.TB) string { return t.TempDir() + "/portail.db" }, "postgres": dbessai.AdressePostgres,
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			file, documents := prepared(t)
			c := openCounter(t, database(t))
			denis, ines := c.enter(t, "deposant@editeur"), c.enter(t, "instruction@")
			deposit := depositAll(t, denis, file, documents)
			number := corrected(t, denis, ines, deposit)
			sheet := "/travail/" + number
			page := ines.Agir(ines.Ouvrir(sheet), sheet+"/fiche", essai.Saisie{"faire": "oui"})
			page = ines.Agir(page, sheet+"/fiche", essai.Saisie{"faire": "proposer"})
			page.Attendre(t, 200, "Travail")
			if own := ines.Ouvrir(sheet).Attendre(t, 200, "une autre personne décide").Corps; strings.Contains(own, sheet+"/decision") {
				t.Error("who has proposed can decide")
			}
			victor := c.enter(t, "decision@")
			victor.Agir(victor.Ouvrir(sheet), sheet+"/decision", nil).Attendre(t, 200)
			if told := denis.Ouvrir("/demandes/"+number).Attendre(t, 200, "En instruction").Texte(); strings.Contains(told, "Décision d'attribution") {
				t.Errorf("the supplier knows before the hour has passed: %s", told)
			}
			c.stop(t)
			c.late.Store(int64(61 * time.Minute))
			c.open(t)
			readLetter(t, c, number)
			k := &keyboard{environment: map[string]string{"GUICHET_DB": c.database}}
			if status := k.run(t.Context(), "journal", "verify", "--donnees", c.folder); status != 0 {
				t.Errorf("the journal: %d\n%s%s", status, &k.stdout, &k.stderr)
			}
		})
	}
}

// prepared makes the file of the example of a campaign, and the archive of its documents, by the commands of the guide.
func prepared(t *testing.T) (file, documents string) {
	t.Helper()
	folder := filepath.Join(t.TempDir(), "campagne")
	if err := os.CopyFS(folder, os.DirFS("../../exemples/campagne")); err != nil {
		t.Fatal(err)
	}
	for _, other := range []string{"retours", "bons/CRM-0101.pdf", "bons/CRM-0102.pdf"} { // of the days that follow, and of another table
		if err := os.RemoveAll(filepath.Join(folder, other)); err != nil {
			t.Fatal(err)
		}
	}
	names := "fichier;numeroEditeur;typeFichier\nCMD-2023-004-ht.pdf;A0004;PREUVE_HT\nCMD-2023-003.png;A0003;BON_COMMANDE\n"
	for _, n := range []int{1, 2, 4, 5, 6, 7, 8} {
		names += fmt.Sprintf("CMD-2023-%03d.pdf;A%04d;BON_COMMANDE\n", n, n)
	}
	if err := os.WriteFile(filepath.Join(folder, "noms.csv"), []byte(names), 0o600); err != nil {
		t.Fatal(err)
	}
	atTheDesk(t, folder, "init", "--numero-ans", "ANS0000001", "--siret", "00000000100008")
	atTheDesk(t, folder, "prepare", "--prefixe", "A", "--sans-pieces", "commandes.csv") // the example has used other numbers
	file = only(t, filepath.Join(folder, "depots/JSON-*.json"))
	atTheDesk(t, folder, "pack", "--mapping", "noms.csv", file, "bons")
	atTheDesk(t, folder, "check", "--pieces", filepath.Dir(file), file)
	return file, only(t, filepath.Join(folder, "depots/JSON-*-01.zip"))
}

// atTheDesk runs a command of the supplier's desk in a folder; it must find nothing wrong.
func atTheDesk(t *testing.T, folder string, args ...string) {
	t.Helper()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	c := exec.CommandContext(t.Context(), self)
	c.Args, c.Dir, c.Env = append([]string{"guichet"}, args...), folder, append(os.Environ(), "GORACE=atexit_sleep_ms=0")
	if output, err := c.CombinedOutput(); err != nil {
		t.Fatalf("guichet %s: %v\n%s", strings.Join(args, " "), err, output)
	}
}

func only(t *testing.T, pattern string) string {
	t.Helper()
	found, err := filepath.Glob(pattern)
	if err != nil || len(found) != 1 {
		t.Fatalf("%s: %q, %v", pattern, found, err)
	}
	return found[0]
}

// aCounter is a demonstration that people use, and that can be opened again later.
type aCounter struct {
	site              essai.Site
	folder, database  string
	late              atomic.Int64 // by how much its clock is ahead
	keyboard          *keyboard
	cancel            context.CancelFunc
	ended             chan int
	accounts, address string
}

func openCounter(t *testing.T, database string) *aCounter {
	t.Helper()
	address, err := attente.Adresse()
	if err != nil {
		t.Fatal(err)
	}
	c := &aCounter{site: essai.Site{URL: "http://" + address}, folder: t.TempDir(), database: database, address: address}
	c.open(t)
	t.Cleanup(func() { c.stop(t) })
	accounts, err := os.ReadFile(filepath.Join(c.folder, demoAccounts))
	if err != nil {
		t.Fatal(err)
	}
	c.accounts = string(accounts)
	return c
}

func (c *aCounter) open(t *testing.T) {
	t.Helper()
	ctx, cancel := context.WithCancel(context.WithoutCancel(t.Context()))
	k := &keyboard{stdin: strings.NewReader(""), environment: map[string]string{"GUICHET_DB": c.database}}
	k.clock = func() time.Time { return time.Now().Add(time.Duration(c.late.Load())) }
	c.keyboard, c.cancel, c.ended = k, cancel, make(chan int, 1)
	go func() { c.ended <- k.run(ctx, "serve", "--demo", "--adresse", c.address, "--donnees", c.folder) }()
	attente.Jusqua(t, "the counter open", func() bool {
		select {
		case status := <-c.ended:
			t.Fatalf("the counter has ended: %d\n%s", status, &k.stderr)
		default:
		}
		answer, err := http.Get(c.site.URL + "/healthz")
		if err != nil {
			return false
		}
		return answer.Body.Close() == nil && answer.StatusCode == http.StatusOK
	})
}

// stop asks the counter to end, as Ctrl-C does.
func (c *aCounter) stop(t *testing.T) {
	t.Helper()
	if c.cancel == nil {
		return
	}
	c.cancel()
	if status := <-c.ended; status != 0 {
		t.Errorf("the counter ends with %d\n%s", status, &c.keyboard.stderr)
	}
	c.cancel = nil
}

// enter signs in the account of the example whose address begins so.
func (c *aCounter) enter(t *testing.T, begins string) *essai.Client {
	t.Helper()
	account := regexp.MustCompile(`(?m)^(` + regexp.QuoteMeta(begins) + `\S*)\s+(\S+)`).FindStringSubmatch(c.accounts)
	if account == nil {
		t.Fatalf("no account %s in\n%s", begins, c.accounts)
	}
	client := c.site.Client(t)
	client.Ouvrir("/connexion?lang=fr")
	client.Demander("POST", "/connexion", url.Values{"courriel": {account[1]}, "motdepasse": {account[2]}}).Attendre(t, 303)
	return client
}

// depositAll has a depositor check a file and deposit it, then send its documents, and returns the page of the deposit.
func depositAll(t *testing.T, denis *essai.Client, file, documents string) string {
	t.Helper()
	page := denis.Soumettre(denis.Ouvrir("/deposer"), nil, essai.Fichier{Champ: "fichier", Nom: filepath.Base(file), Contenu: contentOf(t, file)})
	page.Attendre(t, 200, "8 demandes", "8 seraient acceptées")
	checked, _, _ := strings.Cut(page.Chemin, "?")
	page = denis.Agir(page, checked+"/deposer", nil).Attendre(t, 200, "8 demandes", "ASP-")
	deposit, _, _ := strings.Cut(page.Chemin, "?")
	if returned := denis.Ouvrir(deposit + "/retour").Corps; strings.Count(returned, `"codeTraitement": "0000"`) != 8 {
		t.Errorf("the returned file: %.3000s", returned)
	}
	denis.Soumettre(denis.Ouvrir(deposit+"/pieces"), nil, essai.Fichier{Champ: "archives", Nom: filepath.Base(documents), Contenu: contentOf(t, documents)})
	attente.Jusqua(t, "the documents examined", func() bool {
		return !strings.Contains(denis.Ouvrir(deposit+"/pieces").Texte(), "Un examen est en cours")
	})
	denis.Ouvrir(deposit+"/pieces").Attendre(t, 200, "Pièces acceptées : 9")
	return deposit
}

func contentOf(t *testing.T, file string) []byte {
	t.Helper()
	content, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	return content
}

// corrected has an agent take the first demande of a deposit and ask for a correction, which the supplier makes. It is the agent's again.
func corrected(t *testing.T, denis, ines *essai.Client, deposit string) (number string) {
	t.Helper()
	number = regexp.MustCompile(`ASP-[0-9-]+`).FindString(denis.Ouvrir("/demandes?etat=complete&q=A0001").Corps)
	supplier, sheet := "/demandes/"+number, "/travail/"+number
	denis.Ouvrir(supplier).Attendre(t, 200, "A0001", "Complète")
	const amount = "/commande/montantSegurHT"
	page := ines.Agir(ines.Ouvrir(sheet), sheet+"/prise", nil).Attendre(t, 200, "Proposer l'attribution", "Bon de commande")
	ines.Agir(page, sheet+"/modification", essai.Saisie{"modification": "Le bon dit 2 400,00 €.", "balises": amount}).Attendre(t, 200)
	page = denis.Ouvrir(supplier).Attendre(t, 200, "L'agence vous demande", "Le bon dit 2 400,00 €.", "À modifier")
	page = denis.Agir(page, supplier+"/reponse", essai.Saisie{"reponse": "C'est corrigé.", "valeur.commande.montantSegurHT": "2400,00"})
	page.Attendre(t, 200, "Valeurs corrigées", "En instruction")
	ines.Ouvrir(sheet).Attendre(t, 200, "Valeurs corrigées", "C'est corrigé.", "2 400,00 €")
	if deposited := denis.Ouvrir(deposit + "/fichier").Corps; !strings.Contains(deposited, "2433.33") {
		t.Error("the deposited file has changed")
	}
	return number
}

// readLetter waits until the supplier can read the letter, by its page and by mail; the agency sees who read it first.
func readLetter(t *testing.T, c *aCounter, number string) {
	t.Helper()
	denis := c.enter(t, "deposant@editeur")
	letter := ""
	attente.Jusqua(t, "the letter", func() bool {
		page := denis.Ouvrir("/demandes/" + number).Corps
		letter = regexp.MustCompile(`/lettres/[0-9]{4}-[0-9]+`).FindString(page)
		return letter != ""
	})
	denis.Ouvrir("/demandes/"+number).Attendre(t, 200, "Validée", "Décision d'attribution")
	denis.Ouvrir(letter).Attendre(t, 200, "Décision d'attribution", number, "2 400,00 €", "Victor Exemple", "CRPA, art. L212-2")
	if pdf := denis.Ouvrir(letter + "/pdf?texte=fr").Corps; !strings.HasPrefix(pdf, "%PDF-") {
		t.Errorf("the letter as a PDF: %.100q", pdf)
	}
	c.enter(t, "instruction@").Ouvrir(letter).Attendre(t, 200, "Première lecture", "Denis Exemple")
	attente.Jusqua(t, "a mail with the letter", func() bool {
		mails, err := filepath.Glob(filepath.Join(c.folder, "courriels/*.eml"))
		if err != nil {
			t.Fatal(err)
		}
		for _, mail := range mails {
			if strings.Contains(strings.ReplaceAll(string(contentOf(t, mail)), "=\r\n", ""), letter) {
				return true
			}
		}
		return false
	})
}
