package bilan_test

import (
	"context"
	"database/sql"
	"fmt"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"time"

	"guichet/internal/portail/bilan"
	"guichet/internal/portail/compte"
	"guichet/internal/portail/db"
	dbessai "guichet/internal/portail/db/essai"
	"guichet/internal/portail/decision"
	"guichet/internal/portail/etat"
	etatessai "guichet/internal/portail/etat/essai"
	"guichet/internal/portail/instruction"
	"guichet/internal/portail/web"
	webessai "guichet/internal/portail/web/essai"
	"guichet/modele"
)

// monde is an agency with two people, two suppliers, and demandes in several states.
type monde struct {
	*bilan.Service
	base    *db.Base
	examens *instruction.Service
}

var midi = time.Date(2026, 11, 24, 11, 0, 0, 0, time.UTC) // a Tuesday

func agents(context.Context, db.Lecteur, etat.Role) ([]instruction.Agent, error) {
	return []instruction.Agent{{Compte: 1, Nom: "Inès", Roles: etat.Instructeur}, {Compte: 2, Nom: "Victor", Roles: etat.Valideur}}, nil
}

func nouveau(t testing.TB, b *db.Base) *monde {
	t.Helper()
	m := &monde{base: b}
	maintenant := func() time.Time { return midi }
	m.Service = bilan.Nouveau(bilan.Config{Base: b, Maintenant: maintenant, NumeroASP: etatessai.NumeroASP, LireNumeroASP: etatessai.LireNumeroASP, Agents: agents, Etats: m.etats})
	m.examens = instruction.Nouveau(instruction.Config{
		Base: b, Maintenant: maintenant, NumeroASP: etatessai.NumeroASP, LireNumeroASP: etatessai.LireNumeroASP, Agents: agents,
		Decisions: decision.Nouveau(decision.Config{Base: b, Maintenant: maintenant}), EnLot: func(instruction.Agent, instruction.File, modele.Langue) []web.Choix { return nil },
	})
	return m
}

// etats counts the demandes by state, one by one.
func (m *monde) etats(ctx context.Context) (map[etat.Etat]bilan.Compte, error) {
	tous := map[etat.Etat]bilan.Compte{}
	_, err := db.Lignes(ctx, m.base.Lire(), func(l db.Ligne, _ *struct{}) error {
		var e etat.Etat
		var n int64
		err := l.Scan(&e, &n)
		c := tous[e]
		tous[e] = bilan.Compte{Nombre: c.Nombre + 1, Montant: c.Montant + n}
		return err
	}, `SELECT etat, montant FROM dossier`)
	return tous, err
}

func (m *monde) executer(t testing.TB, texte string, args ...any) (id int64) {
	t.Helper()
	err := m.base.Ecrire(context.Background(), func(ctx context.Context, tx *sql.Tx) error {
		if strings.Contains(texte, "RETURNING") {
			return tx.QueryRowContext(ctx, texte, args...).Scan(&id)
		}
		_, err := tx.ExecContext(ctx, texte, args...)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return id
}

// demande is one of a supplier, as the tables have it.
type demande struct {
	fournisseur     int64
	etat            etat.Etat
	recue, echeance time.Time
	montant         int64
	tenue           int64
	// its decision, if any
	sens      decision.Sens
	accorde   int64
	motifs    string
	decidee   time.Time
	reprise   bool
	proposeur int64
	retiree   time.Time // when the award was taken back
	pourquoi  string    // the reasons of that
}

func (m *monde) ajouter(t testing.TB, n int, d demande) {
	t.Helper()
	depot := m.executer(t, `INSERT INTO depot (fournisseur_id, compte_id, type, numero_ans, edition, nom, sha256, taille, recu, verdict, demandes, acceptees, incompletes, reponse, cherche)
		VALUES ($1, 1, 'avance', 'ANS0000001', '2023-10-02', 'a.json', '', 0, $2, 'accepte', 1, 1, 0, '{}', 'a.json') RETURNING id`, d.fournisseur, db.Instant(d.recue))
	m.executer(t, `INSERT INTO demande (fournisseur_id, depot_id, rang, numero, etat, montant, esms, og, debut, fin, maj) VALUES ($1, $2, 0, $3, 'complete', $4, 1, '990000001', 0, 0, 1)`, d.fournisseur, depot, fmt.Sprintf("A%04d", n), d.montant)
	m.executer(t, `INSERT INTO dossier (depot_id, rang, fournisseur_id, numero_ans, etat, montant, esms, og, recu, echeance, maj, agent_id) VALUES ($1, 0, $2, 'ANS0000001', $3, $4, 1, '990000001', $5, $6, 1, $7)`,
		depot, d.fournisseur, string(d.etat), d.montant, db.Instant(d.recue), db.Instant(d.echeance), d.tenue)
	if d.sens == "" {
		return
	}
	e := decision.Notifiee
	if d.reprise {
		e = decision.Reprise
	}
	m.executer(t, `INSERT INTO decision (fournisseur_id, depot_id, rang, sens, montant, motifs, texte, etat, propose_par, propose, decide_par, decide, annee, numero)
		VALUES ($1, $2, 0, $3, $4, $5, '', $6, $7, $8, 2, $8, 2026, $9)`, d.fournisseur, depot, string(d.sens), d.accorde, d.motifs, string(e), max(d.proposeur, 1), db.Instant(d.decidee), n)
	if !d.retiree.IsZero() {
		m.executer(t, `INSERT INTO decision (fournisseur_id, depot_id, rang, sens, montant, motifs, texte, etat, propose_par, propose, decide_par, decide, notifie, annee, numero)
			VALUES ($1, $2, 0, 'retrait', 0, $3, '', 'notifiee', 1, $4, 2, $4, $4, 2026, $5)`, d.fournisseur, depot, d.pourquoi, db.Instant(d.retiree), n+100)
	}
}

func jour(texte string) time.Time {
	t, err := time.ParseInLocation("2006-01-02 15:04", texte, web.Paris())
	if err != nil {
		panic(err)
	}
	return t
}

// peupler adds demandes whose figures are known.
func (m *monde) peupler(t testing.TB) {
	t.Helper()
	for _, nom := range []string{"Inès", "Victor"} {
		m.executer(t, `INSERT INTO compte (courriel, nom, etat, cree) VALUES ($1, $2, 'actif', 1)`, nom+"@exemple.invalid", nom)
	}
	for i, nom := range []string{"ÉDITEUR A", "ÉDITEUR B"} {
		m.executer(t, `INSERT INTO fournisseur (siret, raison_sociale, etat, contact, courriel, telephone, cree) VALUES ($1, $2, 'actif', 'C', 'c@exemple.invalid', '+33199000000', 1)`, fmt.Sprintf("%014d", i), nom)
	}
	for n, d := range []demande{
		{fournisseur: 1, etat: etat.Complete, recue: jour("2026-11-20 09:00"), echeance: jour("2026-11-23 23:59"), montant: 1000},              // late
		{fournisseur: 1, etat: etat.Instruction, recue: jour("2026-11-10 09:00"), echeance: jour("2026-11-24 00:00"), montant: 2000, tenue: 1}, // this week
		{fournisseur: 2, etat: etat.AValider, recue: jour("2026-11-01 23:30"), echeance: jour("2026-11-29 23:59"), montant: 4000, tenue: 1},    // this week, Sunday
		{fournisseur: 2, etat: etat.AModifier, recue: jour("2026-11-01 00:10"), echeance: jour("2026-11-30 10:00"), montant: 8000},             // the last day of the month
		{fournisseur: 2, etat: etat.Complete, recue: jour("2026-11-23 09:00"), echeance: jour("2026-12-01 00:00"), montant: 16000},             // next month
		{fournisseur: 1, etat: etat.Validee, recue: jour("2026-11-01 10:00"), montant: 500, sens: decision.Attribution, accorde: 400, decidee: jour("2026-11-16 00:05")},
		{fournisseur: 1, etat: etat.Validee, recue: jour("2026-11-01 10:00"), montant: 500, sens: decision.Attribution, accorde: 500, decidee: jour("2026-11-22 23:55")},
		{fournisseur: 2, etat: etat.Refusee, recue: jour("2026-11-01 10:00"), montant: 500, sens: decision.Rejet, motifs: "PLAFOND MENTION", decidee: jour("2026-11-23 00:00")},
		{fournisseur: 2, etat: etat.Refusee, recue: jour("2026-11-01 10:00"), montant: 500, sens: decision.Rejet, motifs: "PLAFOND.2", decidee: jour("2026-11-24 09:00"), proposeur: 2},
		{fournisseur: 2, etat: etat.Instruction, recue: jour("2026-11-01 10:00"), echeance: jour("2027-01-01 10:00"), montant: 500, sens: decision.Rejet, motifs: "DEJA", decidee: jour("2026-11-24 09:00"), reprise: true},
		{fournisseur: 1, etat: etat.Validee, recue: jour("2026-01-01 10:00"), montant: 500, sens: decision.Attribution, accorde: 300, decidee: jour("2026-01-05 10:00")}, // before the period
		{fournisseur: 1, etat: etat.AttributionRetiree, recue: jour("2026-11-02 10:00"), montant: 700, sens: decision.Attribution, accorde: 700, decidee: jour("2026-11-17 10:00"), retiree: jour("2026-11-23 10:00"), pourquoi: "PLAFOND ILLEGALE"},
	} {
		m.ajouter(t, n+1, d)
	}
}

// The figures are those of the demandes and decisions that there are: days in Paris, weeks from Monday, what was taken back left out.
func TestFigures(t *testing.T) {
	t.Parallel()
	dbessai.Bases(t, func(t *testing.T, b *db.Base) {
		m := nouveau(t, b)
		m.peupler(t)
		c, err := m.Chiffrer(t.Context(), instruction.Jours{Du: jour("2026-11-16 00:00"), Au: jour("2026-11-24 00:00")})
		if err != nil {
			t.Fatal(err)
		}
		var lignes []string
		dire := func(forme string, args ...any) { lignes = append(lignes, fmt.Sprintf(forme, args...)) }
		dire("%d open, %+v", c.Ouvertes, c.Ages)
		for _, e := range []etat.Etat{etat.Complete, etat.Instruction, etat.AModifier, etat.AValider, etat.Validee, etat.Refusee, etat.Payee} {
			dire("%s %v", e, c.Etats[e])
		}
		for _, e := range c.Echeances {
			dire("until %s: %v", e.Au.Format("02/01"), e.Compte)
		}
		issues := func(i *bilan.Issues) string {
			return fmt.Sprint(i.Attributions, i.Refus, i.Retraits, i.Delais())
		}
		dire("all %s", issues(&c.Decidees))
		for i := range c.Semaines {
			dire("%s %s", c.Semaines[i].Lundi.Format("02/01"), issues(&c.Semaines[i].Issues))
		}
		for i := range c.Fournisseurs {
			dire("supplier %d open %v %s", c.Fournisseurs[i].ID, c.Fournisseurs[i].Ouvertes, issues(&c.Fournisseurs[i].Issues))
		}
		for i := range c.Agents {
			dire("person %d holds %v, %d proposed, %s", c.Agents[i].ID, c.Agents[i].Ouvertes, c.Agents[i].Proposes, issues(&c.Agents[i].Issues))
		}
		dire("%v %v", c.MotifsRefus, c.MotifsRetrait)
		const want = `6 open, {Mediane:14 Dixieme:23}
complete {2 17000}
instruction {2 2500}
a_modifier {1 8000}
a_valider {1 4000}
validee {3 1500}
refusee {2 1000}
payee {0 0}
until 23/11: {1 1000}
until 29/11: {2 6000}
until 30/11: {1 8000}
all {3 900} {2 0} {1 0} {21 23}
16/11 {3 900} {0 0} {0 0} {15 21}
23/11 {0 0} {2 0} {1 0} {22 23}
supplier 1 open {2 3000} {3 900} {0 0} {1 0} {15 21}
supplier 2 open {4 28500} {0 0} {2 0} {0 0} {22 23}
person 1 holds {2 6000}, 5 proposed, {0 0} {0 0} {0 0} {0 0}
person 2 holds {0 0}, 1 proposed, {3 900} {2 0} {1 0} {21 23}
[{PLAFOND 2} {MENTION 1}] [{ILLEGALE 1} {PLAFOND 1}]`
		if got := strings.Join(lignes, "\n"); got != want {
			t.Errorf("got:\n%s\nwant:\n%s", got, want)
		}
	})
}

// site serves the pages of figures, and those of the queue that they lead to.
func (m *monde) site() http.Handler {
	return web.Routeur(append(m.Routes(), m.examens.Routes()...), &web.Site{
		Maintenant: func() time.Time { return midi }, Log: slog.New(slog.DiscardHandler), Proteger: (&compte.Service{}).Proteger,
		Identifier: func(h http.Handler) http.Handler {
			return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
				h.ServeHTTP(w, r.WithContext(compte.Avec(r.Context(), compte.Identite{Compte: 1, Nom: "Inès", Role: compte.Instructeur})))
			})
		},
	})
}

func lire(t *testing.T, h http.Handler, chemin string) string {
	t.Helper()
	w := httptest.NewRecorder()
	h.ServeHTTP(w, httptest.NewRequestWithContext(t.Context(), http.MethodGet, chemin, nil))
	if w.Code != http.StatusOK {
		t.Fatalf("%s: %d %s", chemin, w.Code, w.Body)
	}
	return w.Body.String()
}

var nombreLie = regexp.MustCompile(`<td class="n"><a href="([^"]+)">([0-9]+)</a>`)

// rangees counts the rows of the table of a page, but for its head.
func rangees(page string) int { return max(strings.Count(page, "<tr")-1, 0) }

// Each number that is a link leads to a list of as many rows, whose export has as many.
func TestNumbersLeadToTheirLists(t *testing.T) {
	t.Parallel()
	m := nouveau(t, dbessai.SQLite(t))
	m.peupler(t)
	h := m.site()
	vus := 0
	for _, x := range nombreLie.FindAllStringSubmatch(lire(t, h, "/chiffres"), -1) {
		adresse, n := strings.ReplaceAll(x[1], "&amp;", "&"), x[2]
		want, _ := strconv.Atoi(n)
		page := lire(t, h, adresse)
		if rangs := rangees(page); rangs != want {
			t.Errorf("%s leads to %d rows at %s", n, rangs, adresse)
		}
		chemin, requete, _ := strings.Cut(adresse, "?")
		if lignes := strings.Count(lire(t, h, "/export"+chemin+"/csv?"+requete), "\r\n") - 1; lignes != want {
			t.Errorf("%s: the export of %s has %d rows", n, adresse, lignes)
		}
		vus++
	}
	if vus < 20 {
		t.Errorf("only %d numbers lead to a list", vus)
	}
}

// A period that cannot be is told at its field, and what is asked for comes back.
func TestPeriods(t *testing.T) {
	t.Parallel()
	m := nouveau(t, dbessai.SQLite(t))
	m.peupler(t)
	h := m.site()
	for requete, mots := range map[string]string{"du=24/11/2026&au=01/11/2026": "avant le premier", "du=24/11/2030": "après le dernier", "du=01/01/2025&au=01/11/2026": "366\u00a0jours", "du=32/11/2026": "date qui existe"} {
		w := httptest.NewRecorder()
		h.ServeHTTP(w, httptest.NewRequestWithContext(t.Context(), http.MethodGet, "/chiffres?"+requete, nil))
		if w.Code != http.StatusUnprocessableEntity || !strings.Contains(w.Body.String(), mots) {
			t.Errorf("%s: %d, %q is not told", requete, w.Code, mots)
		}
	}
	if page := lire(t, h, "/chiffres?du=01/01/2026&au=31/01/2026"); !strings.Contains(page, "3,00") {
		t.Error("January has no decision")
	}
}

// Decisions are found by number, by demande, and by each filter.
func TestDecisions(t *testing.T) {
	t.Parallel()
	dbessai.Bases(t, func(t *testing.T, b *db.Base) {
		m := nouveau(t, b)
		m.peupler(t)
		h := m.site()
		for requete, want := range map[string]int{
			"": 7, "toutes=1": 8, "q=2026-000007": 1, "q=2026-000010": 1, "q=2026-000099": 0, "q=rien": 0, "q=asp-8-1": 1, "sens=refus": 2, "sens=attribution&du=01/02/2026": 3, "sens=retrait": 1,
			"motif=PLAFOND": 3, "sens=refus&motif=PLAFOND": 2, "motif=MENTION": 1, "fournisseur=1": 5, "decide_par=2": 7, "decide_par=1": 0, "propose_par=2": 1, "du=16/11/2026&au=16/11/2026": 1, "au=22/11/2026": 4,
		} {
			if n := rangees(lire(t, h, "/decisions?"+requete)); n != want {
				t.Errorf("%s: %d rows, want %d", requete, n, want)
			}
		}
		for _, requete := range []string{"motif=MENT", "motif=%25", "sens=zzz"} {
			w := httptest.NewRecorder()
			h.ServeHTTP(w, httptest.NewRequestWithContext(t.Context(), http.MethodGet, "/decisions?"+requete, nil))
			if w.Code != http.StatusUnprocessableEntity || rangees(w.Body.String()) != 0 {
				t.Errorf("%s: %d", requete, w.Code)
			}
		}
		prises, apres, err := m.Lister(t.Context(), bilan.Filtre{Toutes: true}, nil, 6)
		if err != nil || len(prises) != 6 || apres == nil {
			t.Fatal(len(prises), apres, err)
		}
		reste, apres, err := m.Lister(t.Context(), bilan.Filtre{Toutes: true}, apres, 4)
		if err != nil || len(reste) != 2 || apres != nil || reste[1].Reference != "2026-000011" || prises[5].ID == reste[0].ID {
			t.Errorf("%+v, %v, %v", reste, apres, err)
		}
	})
}

// Whatever step fails, no figure and no list is shown as if it were whole, and no file is given as if it were.
func TestPagesTellFailures(t *testing.T) {
	t.Parallel()
	b, p := dbessai.Fragile(t)
	m := nouveau(t, b)
	m.peupler(t)
	h := m.site()
	for _, chemin := range []string{"/chiffres", "/export/chiffres/csv", "/export/chiffres/xlsx", "/decisions?" + url.Values{"sens": {"refus"}}.Encode(), "/export/decisions/csv", "/export/decisions/xlsx"} {
		p.Chaque(t, b, dbessai.Acte{Nom: chemin, Faire: func() error {
			return webessai.Echec(h, httptest.NewRequestWithContext(t.Context(), http.MethodGet, chemin, nil))
		}})
	}
}

// A filter that asks for what cannot be is a fault that is told: it lists nothing, exports nothing, and no lot is made of it.
func TestInexactFilters(t *testing.T) {
	t.Parallel()
	m := nouveau(t, dbessai.SQLite(t))
	m.peupler(t)
	h := m.site()
	for _, x := range []string{
		"/travail?file=toutes&min=abc", "/travail?file=toutes&age=-1", "/travail?file=toutes&age=abc", "/travail?file=toutes&etat=zzz", "/travail?file=toutes&alerte=A999", "/travail?file=toutes&fournisseur=abc",
		"/travail?file=toutes&tenue=x", "/travail?file=toutes&recu_du=31/02/2026", "/decisions?fournisseur=abc", "/decisions?decide_par=abc", "/decisions?du=zz", "/chiffres?du=zz",
	} {
		chemin, requete, _ := strings.Cut(x, "?")
		for _, adresse := range []string{x, "/export" + chemin + "/csv?" + requete} {
			w := httptest.NewRecorder()
			h.ServeHTTP(w, httptest.NewRequestWithContext(t.Context(), http.MethodGet, adresse, nil))
			if w.Code != http.StatusUnprocessableEntity || chemin != "/chiffres" && rangees(w.Body.String()) != 0 {
				t.Errorf("%s: %d, %d rows", adresse, w.Code, rangees(w.Body.String()))
			}
		}
		if chemin == "/travail" && !m.examens.Inexact(requete, instruction.Agent{}) {
			t.Errorf("a lot could be made of %s", requete)
		}
	}
	if m.examens.Inexact("file=toutes&min=10&etat=complete&age=3&fournisseur=1", instruction.Agent{}) {
		t.Error("a good filter is refused")
	}
}

// An award that the agency took back is granted no longer: its list and its export say so, and when.
func TestAwardTakenBack(t *testing.T) {
	t.Parallel()
	m := nouveau(t, dbessai.SQLite(t))
	m.peupler(t)
	h := m.site()
	page := lire(t, h, "/decisions?q=2026-000012")
	if !strings.Contains(page, ">retirée</span> <small>le 23/11/2026 (7,00") || strings.Contains(page, `<td class="n">7,00`) {
		t.Errorf("%s", page)
	}
	if r := lire(t, h, "/export/decisions/csv?q=2026-000012"); !strings.Contains(r, ";0,00;") || !strings.Contains(r, "retirée le 23/11/2026") {
		t.Errorf("%s", r)
	}
}
