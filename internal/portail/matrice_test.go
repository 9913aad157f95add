package portail

import (
	"bytes"
	"context"
	"crypto/sha256"
	"database/sql"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/pquerna/otp/totp"

	"guichet/internal/corpus"
	"guichet/internal/portail/compte"
	compteessai "guichet/internal/portail/compte/essai"
	"guichet/internal/portail/courriel"
	"guichet/internal/portail/courrier"
	dbessai "guichet/internal/portail/db/essai"
	"guichet/internal/portail/decision"
	"guichet/internal/portail/depot"
	"guichet/internal/portail/enrolement"
	"guichet/internal/portail/etat"
	"guichet/internal/portail/instruction"
	"guichet/internal/portail/lettre"
	"guichet/internal/portail/lot"
	"guichet/internal/portail/suivi"
	"guichet/internal/portail/web"
	"guichet/internal/portail/web/essai"
	"guichet/modele"
)

var midi = time.Date(2026, 11, 24, 12, 0, 0, 0, time.UTC)

// monde is a counter with two suppliers that have everything, a third with a mandate, and a fourth that is
// suspended.
type monde struct {
	*Portail
	site   *essai.Site
	gens   *compteessai.Monde
	lignes map[string]essai.Ligne
	log    carnet
}

func nouveauMonde(t *testing.T, base string) *monde {
	t.Helper()
	m := &monde{lignes: map[string]essai.Ligne{}}
	m.site = essai.Servir(t, func(adresse string) http.Handler { return m.ouvrir(t, base, adresse) })
	return m
}

// mondeSurHTTPS is a counter that browsers reach over HTTPS.
func mondeSurHTTPS(t *testing.T) *monde {
	t.Helper()
	m := &monde{lignes: map[string]essai.Ligne{}}
	const adresse = "https://guichet.exemple.invalid"
	m.site = essai.Direct(adresse, m.ouvrir(t, "", adresse))
	return m
}

func (m *monde) ouvrir(t *testing.T, base, adresse string) http.Handler {
	t.Helper()
	var err error
	m.Portail, err = Ouvrir(t.Context(), Config{
		Donnees: t.TempDir(), Base: base, Cle: compteessai.Cle, Adresse: adresse, Agence: web.Agence{Nom: "Agence d'essai", Service: "Financements", Adresse: "1 rue de l'Exemple"},
		Expediteur: courriel.Expediteur{Nom: "Guichet", Adresse: "guichet@exemple.invalid"},
		Log:        slog.New(slog.NewJSONHandler(&m.log, nil)), Maintenant: func() time.Time { return midi },
	})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := m.Fermer(context.Background()); err != nil {
			t.Error(err)
		}
	})
	m.gens = compteessai.Vide(m.base)
	return m.Handler()
}

// entrer signs somebody in.
func (m *monde) entrer(t *testing.T, p compteessai.Personne) *essai.Client {
	t.Helper()
	c := m.site.Client(t)
	c.Demander("POST", "/connexion", url.Values{"courriel": {p.Courriel}, "motdepasse": {compteessai.MotDePasse}})
	if p.Secret != "" {
		code, err := totp.GenerateCode(p.Secret, midi)
		if err != nil {
			t.Fatal(err)
		}
		c.Demander("POST", "/connexion/code", url.Values{"code": {code}})
	}
	if r := c.Demander("GET", "/accueil", nil); strings.HasPrefix(r.Entetes.Get("Location"), "/connexion") {
		t.Fatalf("%s has not signed in: %d", p.Courriel, r.Etat)
	}
	return c
}

func (m *monde) executer(t *testing.T, requete string, args ...any) (id int64) {
	t.Helper()
	err := m.base.Ecrire(t.Context(), func(ctx context.Context, tx *sql.Tx) error {
		if strings.Contains(requete, "RETURNING") {
			return tx.QueryRowContext(ctx, requete, args...).Scan(&id)
		}
		_, err := tx.ExecContext(ctx, requete, args...)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return id
}

// mettre adds the path of a group's own thing to the rows of routes; # stands for its identifier.
func (m *monde) mettre(groupe, id, absent string, motifs ...string) {
	for _, motif := range motifs {
		_, chemin, _ := strings.Cut(motif, " ")
		debut, suite, _ := strings.Cut(chemin, "{")
		_, suite, _ = strings.Cut(suite, "}")
		suite = strings.NewReplacer("{rang}", "0", "{type}", "BON_COMMANDE", "{nom}", "lot.zip", "{ordre}", "1", "{piece}", "1", "{code}", "I701", "{format}", "csv", "{version}", "1").Replace(suite)
		l, ok := m.lignes[motif]
		if !ok {
			l = essai.Ligne{Chemins: map[string]string{}, Absent: debut + absent + suite}
		}
		l.Chemins[groupe] = debut + id + suite
		m.lignes[motif] = l
	}
}

// fournir makes all things of a supplier.
func (m *monde) fournir(t *testing.T, groupe string, n int) (f int64, chef, deposant, lecteur compteessai.Personne) {
	t.Helper()
	siret, ans := fmt.Sprintf("00000000%d0000%d", n, 10-2*n), fmt.Sprintf("ANS000000%d", n)
	if n == 1 {
		siret = "00000000100008"
	}
	f = m.gens.AjouterFournisseur(t, siret, "ÉDITEUR "+groupe)
	chef, deposant = m.gens.AjouterPersonne(t, f, compte.Proprietaire), m.gens.AjouterPersonne(t, f, compte.Deposant)
	lecteur = m.gens.AjouterPersonne(t, f, compte.Lecteur)
	m.executer(t, `INSERT INTO logiciel (numero_ans, fournisseur_id, nom) VALUES ($1, $2, 'LOGICIEL')`, ans, f)
	octets := corpus.Fichier(corpus.Forme{Demandes: 2, OGs: 1, ESMS: 1, Indente: true})
	octets = bytes.ReplaceAll(bytes.ReplaceAll(octets, []byte("00000000100008"), []byte(siret)), []byte("ANS0000001"), []byte(ans))
	octets = append([]byte("\ufeff"), octets...) // something to tell, and to repair
	envoi := depot.Envoi{
		Fournisseur: f, Compte: deposant.Compte, Type: depot.Avance, NumeroAns: ans, Nom: "JSON-" + ans + "-20261124-001.json", Corps: bytes.NewReader(octets),
	}
	d, err := m.depots.Deposer(t.Context(), envoi)
	if err != nil || d.Acceptees != 2 {
		t.Fatalf("deposit of %s: %+v, %v", groupe, d, err)
	}
	envoi.Corps = bytes.NewReader(append(octets, ' ')) // the same bytes would be that deposit
	c, err := m.depots.Garder(t.Context(), envoi)
	if err != nil {
		t.Fatal(err)
	}
	m.mettre(groupe, c.Jeton(), strings.Repeat("A", len(c.Jeton())), "GET /controles/{controle}", "GET /controles/{controle}/regles/{code}",
		"GET /controles/{controle}/rapport/{format}", "GET /controles/{controle}/corrige", "POST /controles/{controle}/deposer")
	m.mettre(groupe, d.ImpID(), depot.ImpID(999_999), "GET /depots/{depot}/regles/{code}", "GET /depots/{depot}/rapport/{format}", "GET /depots/{depot}/corrige",
		"GET /depots/{depot}", "GET /depots/{depot}/accuse", "GET /depots/{depot}/accuse.pdf", "GET /depots/{depot}/fichier", "GET /depots/{depot}/retour",
		"GET /depots/{depot}/pieces", "POST /depots/{depot}/pieces", "PUT /depots/{depot}/pieces/{nom}",
		"POST /depots/{depot}/pieces/ecartees", "GET /depots/{depot}/pieces/examen",
		"GET /depots/{depot}/pieces/{rang}/{type}", "POST /depots/{depot}/pieces/{rang}/{type}", "GET /depots/{depot}/pieces/{rang}/{type}/fichier")
	m.mettre(groupe, d.NumeroASP(0), depot.NumeroASP(999_999, 0), "GET /demandes/{numero}", "GET /demandes/{numero}/retrait",
		"POST /demandes/{numero}/reponse", "POST /demandes/{numero}/retrait")
	m.joindre(t, groupe, f, d.ID, deposant)
	lettre := m.notifier(t, f, d.ID, deposant.Compte)
	m.mettre(groupe, lettre, "2020-000001", "GET /lettres/{lettre}", "GET /lettres/{lettre}/{format}", "POST /lettres/{lettre}")
	m.lignes["GET /lettres/{lettre}/{format}"].Chemins[groupe] = "/lettres/" + lettre + "/pdf"
	autre := m.modifier(t, f, d.ID)
	m.mettre(groupe, autre, "999999", "GET /courriers/{courrier}", "GET /courriers/{courrier}/{format}", "POST /courriers/{courrier}")
	m.lignes["GET /courriers/{courrier}/{format}"].Chemins[groupe] = "/courriers/" + autre + "/pdf"
	m.mettre(groupe, fmt.Sprint(lecteur.Compte), "999999", "GET /personnes/{compte}", "POST /personnes/{compte}/role",
		"POST /personnes/{compte}/retrait", "POST /personnes/{compte}/relance", "GET /personnes/{compte}/second-facteur", "POST /personnes/{compte}/second-facteur")
	return f, chef, deposant, lecteur
}

// modifier makes the letter of a request for a change, and returns its number.
func (m *monde) modifier(t *testing.T, f, depotID int64) string {
	t.Helper()
	dit := modele.Texte{Fr: "à changer", En: "to be changed"}
	return m.courrier(t, lettre.Avis{Genre: lettre.Modification, Fournisseur: f, Cle: etat.Cle{Depot: depotID}, Limite: midi, AModifier: dit, Terme: dit, Suspension: dit}, 0)
}

// notifier makes the letter of a decision on the second demande of a deposit, and returns its number.
func (m *monde) notifier(t *testing.T, f, depotID, auteur int64) string {
	t.Helper()
	dits := map[string]modele.Texte{}
	for _, r := range lettre.Reglages {
		dits[r.Nom] = modele.Texte{Fr: "Valeur de " + r.Nom}
	}
	d := &decision.Decision{Fournisseur: f, Cle: etat.Cle{Depot: depotID, Rang: 1}, Sens: decision.Attribution, Montant: 100, DecidePar: auteur, Decide: midi, Annee: 2026, Numero: int(f)}
	d.ID = m.executer(t, `INSERT INTO decision (fournisseur_id, depot_id, rang, sens, montant, motifs, texte, etat, propose_par, propose, decide_par, decide, notifie, annee, numero)
		VALUES ($1, $2, 1, 'attribution', 100, '', '', 'notifiee', 1, 1, $3, $4, $4, 2026, $1) RETURNING id`, f, depotID, auteur, midi.UnixMicro())
	err := m.lettres.Regler(t.Context(), 1, dits)
	if err == nil {
		err = m.lettres.Qualifier(t.Context(), 1, auteur, modele.Texte{Fr: "qualité"})
	}
	if err == nil {
		err = m.lettres.Preparer(t.Context(), d)
	}
	if err == nil {
		err = m.base.Ecrire(t.Context(), func(ctx context.Context, tx *sql.Tx) error { return m.lettres.Envoyer(ctx, tx, d) })
	}
	if err != nil {
		t.Fatal(err)
	}
	return d.Reference()
}

// joindre gives a deposit a document, and its supplier a thread with a document and a mandate.
func (m *monde) joindre(t *testing.T, groupe string, f, depotID int64, p compteessai.Personne) {
	t.Helper()
	pdf := corpus.PDF(900)
	g, err := m.fichiers.Garder(t.Context(), bytes.NewReader(pdf), 1<<20)
	if err != nil {
		t.Fatal(err)
	}
	a := m.executer(t, `INSERT INTO archive (fournisseur_id, depot_id, compte_id, nom, sha256, taille, recu, etat) VALUES ($1, $2, $3, 'un.zip', $4, $5, 1, 'examinee') RETURNING id`,
		f, depotID, p.Compte, g.SHA256, g.Taille)
	m.executer(t, `INSERT INTO piece (depot_id, rang, type, ordre, etat, archive_id, nom, format, sha256, taille, recu) VALUES ($1, 0, 'BON_COMMANDE', 1, 'recue', $2, 'un.pdf', 'PDF', $3, $4, 1)`,
		depotID, a, g.SHA256, g.Taille)
	fil, err := m.suivis.Ecrire(t.Context(), suivi.Ecrit{
		Auteur: compte.Identite{Compte: p.Compte, Fournisseur: f, Role: compte.Deposant}, Sujet: "Sujet", Texte: "Texte", Nom: "un.pdf", Octets: pdf,
	})
	if err != nil {
		t.Fatal(err)
	}
	m.mettre(groupe, fmt.Sprint(fil), "999999", "GET /messages/{fil}", "POST /messages/{fil}", "GET /messages/{fil}/pieces/{ordre}")
}

// agence makes the things that administrators alone see.
func (m *monde) agence(t *testing.T, f int64, chef compteessai.Personne) {
	t.Helper()
	_, err := m.enrole.DemanderLogiciel(t.Context(), compte.Identite{Compte: chef.Compte, Fournisseur: f, Nom: "Camille", Courriel: chef.Courriel, Role: compte.Proprietaire},
		enrolement.Logiciel{NumeroAns: "ANS0000009", Nom: "AUTRE", Version: "1", Profils: enrolement.Profils()[:1]}, enrolement.Fichier{Nom: "un.pdf", Octets: corpus.PDF(900)})
	if err != nil {
		t.Fatal(err)
	}
	m.mettre("agence", "1", "999999", "GET /enrolements/{enrolement}", "POST /enrolements/{enrolement}", "POST /enrolements/{enrolement}/iban", "GET /enrolements/{enrolement}/pieces/{piece}")
	m.mettre("agence", fmt.Sprint(f), "999999", "GET /fournisseurs/{fournisseur}", "POST /fournisseurs/{fournisseur}", "GET /fournisseurs/{fournisseur}/personnes")
	m.mettre("agence", fmt.Sprint(f), "999999", "POST /fournisseurs/{fournisseur}/personnes")
	for _, acte := range []string{"GET /%s/gestion", "POST /%s/sessions", "POST /%s/fermeture", "POST /%s/reouverture", "POST /%s/proprietaire"} {
		methode, suite, _ := strings.Cut(acte, " /%s")
		gens := fmt.Sprintf("/fournisseurs/%d/personnes/", f)
		m.lignes[methode+" /fournisseurs/{fournisseur}/personnes/{compte}"+suite] = essai.Ligne{
			Chemins: map[string]string{"agence": fmt.Sprint(gens, chef.Compte, suite)}, Absent: gens + "999999" + suite,
		}
	}
	for _, methode := range []string{"GET", "POST"} {
		gens := fmt.Sprintf("/fournisseurs/%d/personnes/", f)
		m.lignes[methode+" /fournisseurs/{fournisseur}/personnes/{compte}/second-facteur"] = essai.Ligne{
			Chemins: map[string]string{"agence": fmt.Sprint(gens, chef.Compte, "/second-facteur")}, Absent: gens + "999999/second-facteur",
		}
	}
	m.mettre("agence", "1", "999999", "POST /travaux/{travail}")
	m.mettre("agence", "1", "99", "GET /ce-que-disent-les-lettres/editions/{edition}")
	m.mettre("agence", "attribution-fr", "attribution-xx", "GET /modeles/{modele}", "POST /modeles/{modele}", "GET /modeles/{modele}/versions/{version}")
	m.instruire(t, f)
}

// instruire makes a demande of a supplier that the agency examines.
func (m *monde) instruire(t *testing.T, f int64) {
	t.Helper()
	var id int64
	if err := m.base.Lire().QueryRow(`SELECT MIN(id) FROM depot WHERE fournisseur_id = $1`, f).Scan(&id); err != nil {
		t.Fatal(err)
	}
	if err := m.base.Ecrire(t.Context(), func(ctx context.Context, tx *sql.Tx) error { return m.completer(ctx, tx, f, id, []int{0}) }); err != nil {
		t.Fatal(err)
	}
	m.mettre("agence", "PLAFOND", "INCONNU", "GET /motifs/{code}", "POST /motifs/{code}")
	for _, r := range slices.Concat(m.examens.Routes(), m.livres.Routes()) {
		if strings.Contains(r.Motif, "{numero}") {
			m.mettre("agence", depot.NumeroASP(id, 0), depot.NumeroASP(999_999, 0), r.Motif)
		}
	}
	var qui int64
	if err := m.base.Lire().QueryRow(`SELECT MIN(id) FROM compte`).Scan(&qui); err != nil {
		t.Fatal(err)
	}
	prepare, err := m.lots.Preparer(t.Context(), instruction.Agent{Compte: qui, Roles: etat.Instructeur}, lot.Commande{Genre: lot.Refuser, Motifs: []string{"DEJA"}, Choisies: []etat.Cle{{Depot: id}}})
	if err != nil {
		t.Fatal(err)
	}
	m.mettre("agence", fmt.Sprint(prepare), "999999", "GET /lots/{lot}", "GET /lots/{lot}/attente", "POST /lots/{lot}/confirmer", "POST /lots/{lot}/arreter", "GET /export/lots/{lot}/{format}")
	m.mettre("agence", depot.NumeroASP(id, 0), depot.NumeroASP(999_999, 0), "GET /travail/{numero}/lettre", "POST /travail/{numero}/lettre",
		"GET /travail/{numero}/contestation", "POST /travail/{numero}/contestation", "GET /travail/{numero}/retrait", "POST /travail/{numero}/retrait")
	m.mettre("agence", depot.NumeroASP(id, 0), depot.NumeroASP(999_999, 0), "GET /travail/{numero}/avis", "POST /travail/{numero}/avis")
	m.lignes["POST /travail/{numero}/avis/{avis}/retrait"] = essai.Ligne{
		Chemins: map[string]string{"agence": "/travail/" + depot.NumeroASP(id, 0) + "/avis/1/retrait"}, Absent: "/travail/" + depot.NumeroASP(999_999, 0) + "/avis/1/retrait",
	}
}

// entendre makes a procedure in which A is heard on its first demande.
func (m *monde) entendre(t *testing.T) {
	t.Helper()
	var f, depotID int64
	if err := m.base.Lire().QueryRow(`SELECT fournisseur_id, id FROM depot ORDER BY id LIMIT 1`).Scan(&f, &depotID); err != nil {
		t.Fatal(err)
	}
	n := m.executer(t, `INSERT INTO contradictoire (genre, etat, motifs, texte, ouvert_par, ouvert, limite, relance) VALUES ('contestation', 'ouverte', '', '', 1, 1, $1, 0) RETURNING id`, midi.AddDate(0, 0, 10).UnixMicro())
	m.executer(t, `INSERT INTO contradictoire_partie (contradictoire_id, depot_id, rang, fournisseur_id, esms) VALUES ($1, $2, 0, $3, '990000001') RETURNING depot_id`, n, depotID, f)
	m.courrier(t, lettre.Avis{Genre: lettre.Contestation, Fournisseur: f, Cle: etat.Cle{Depot: depotID}, Limite: midi, Contestes: []string{"990000001"}}, n)
	for _, r := range m.entendus.Routes() {
		if strings.Contains(r.Motif, "{procedure}") {
			m.mettre("A", fmt.Sprint(n), "999999", r.Motif)
			if r.Motif == "POST /contradictoires/{procedure}/reponse" { // who writes to the agency, for a supplier that is suspended, too
				l := m.lignes[r.Motif]
				l.Qui = func(v *essai.Visiteur) bool { return v.Acces(web.Deposant) || v.Suspendu != nil }
				m.lignes[r.Motif] = l
			}
		}
	}
}

// courrier keeps a letter that decides nothing, and returns its number.
func (m *monde) courrier(t *testing.T, a lettre.Avis, procedure int64) string {
	t.Helper()
	var k *courrier.Courrier
	err := m.base.Ecrire(t.Context(), func(ctx context.Context, tx *sql.Tx) (err error) {
		k, err = m.courriers.Ecrire(ctx, tx, a, procedure)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return fmt.Sprint(k.ID)
}

func lit(role compte.Role) func(web.Acces) bool { return compte.Identite{Role: role}.Peut }

// visiteurs signs everybody in, once.
func (m *monde) visiteurs(t *testing.T) (tous []essai.Visiteur) {
	t.Helper()
	a, chefA, deposantA, lecteurA := m.fournir(t, "A", 1)
	_, chefB, deposantB, lecteurB := m.fournir(t, "B", 2)
	m.agence(t, a, chefA)
	m.executer(t, `INSERT INTO changement_adresse (compte_id, ancien, courriel, confirme, arret, retour, expire) VALUES ($1, $2, 'neuve@exemple.invalid', $3, 'a', 'r', $4)`,
		chefA.Compte, chefA.Courriel, fmt.Sprintf("%x", sha256.Sum256([]byte("secret"))), midi.Add(time.Hour).UnixMicro())
	m.mettre("A", "secret", "rien", "GET /compte/adresse/confirmation/{lien}", "POST /compte/adresse/confirmation/{lien}")
	admin := m.gens.AjouterPersonne(t, compte.Agence, compte.Administrateur)
	admin.Secret = m.gens.DonnerFacteur(t, admin.Compte)
	m.mettre("agence", fmt.Sprint(admin.Compte), "999999", "GET /personnes/{compte}/gestion", "POST /personnes/{compte}/sessions",
		"POST /personnes/{compte}/fermeture", "POST /personnes/{compte}/reouverture")
	for suite, siret := range map[string]string{"acceptation": "00000000500009", "refus": "00000000600007"} {
		hote := m.gens.AjouterFournisseur(t, siret, "HÔTE")
		m.executer(t, `INSERT INTO role (compte_id, fournisseur_id, role, accepte, expire) VALUES ($1, $2, 'lecteur', 0, $3)`, chefA.Compte, hote, midi.Add(time.Hour).UnixMicro())
		m.mettre("A", fmt.Sprint(hote), "999999", "POST /invitations/{fournisseur}/"+suite)
	}
	c := m.gens.AjouterFournisseur(t, "00000000300004", "CABINET")
	chefC := m.gens.AjouterPersonne(t, c, compte.Proprietaire)
	mandat := m.executer(t, `INSERT INTO mandat (mandant_id, mandataire_id, etat, debut) VALUES ($1, $2, 'actif', 1) RETURNING id`, a, c)
	m.mettre("A", fmt.Sprint(mandat), "999999", "POST /mandats/{mandat}/revocation")
	s := m.gens.AjouterFournisseur(t, "00000000400002", "SUSPENDU")
	chefS := m.gens.AjouterPersonne(t, s, compte.Proprietaire)
	m.executer(t, `UPDATE fournisseur SET etat = 'suspendu' WHERE id = $1`, s)
	mandataire := m.entrer(t, chefC)
	if r := mandataire.Demander("POST", "/agir-pour", url.Values{"pour": {fmt.Sprintf("%d-%d", a, c)}}); r.Etat != http.StatusSeeOther {
		t.Fatalf("act by mandate: %d", r.Etat)
	}
	examine := m.agent(t, compte.Instructeur)
	tousLesFils := func(chemin string) bool {
		return strings.HasPrefix(chemin, "/demandes/") || strings.HasPrefix(chemin, "/messages/") || strings.HasPrefix(chemin, "/lettres/") || strings.HasPrefix(chemin, "/courriers/") || strings.HasPrefix(chemin, "/contradictoires/")
	}
	tous = []essai.Visiteur{
		{Nom: "nobody", Client: m.site.Client(t)},
		{Nom: "owner of A", Groupe: "A", Acces: lit(compte.Proprietaire), Client: m.entrer(t, chefA)},
		{Nom: "depositor of A", Groupe: "A", Acces: lit(compte.Deposant), Client: m.entrer(t, deposantA)},
		{Nom: "reader of A", Groupe: "A", Acces: lit(compte.Lecteur), Client: m.entrer(t, lecteurA)},
		{Nom: "owner of B", Groupe: "B", Acces: lit(compte.Proprietaire), Client: m.entrer(t, chefB)},
		{Nom: "depositor of B", Groupe: "B", Acces: lit(compte.Deposant), Client: m.entrer(t, deposantB)},
		{Nom: "reader of B", Groupe: "B", Acces: lit(compte.Lecteur), Client: m.entrer(t, lecteurB)},
		{Nom: "by mandate of A", Groupe: "A", Acces: lit(compte.Deposant), Client: mandataire},
		{Nom: "owner of the suspended", Groupe: "S", Acces: lit(compte.Lecteur), Suspendu: lit(compte.Proprietaire), Client: m.entrer(t, chefS)},
		{Nom: "examiner", Groupe: "agence", Acces: lit(compte.Instructeur), Client: m.entrer(t, examine), Connait: tousLesFils},
		{Nom: "decider", Groupe: "agence", Acces: lit(compte.Valideur), Client: m.entrer(t, m.agent(t, compte.Valideur)), Connait: tousLesFils},
		{Nom: "accountant", Groupe: "agence", Acces: lit(compte.Comptable), Client: m.entrer(t, m.agent(t, compte.Comptable)), Connait: tousLesFils},
		{Nom: "auditor", Groupe: "agence", Acces: lit(compte.Controleur), Client: m.entrer(t, m.agent(t, compte.Controleur)), Connait: tousLesFils},
		{Nom: "examiner who decides", Groupe: "agence", Acces: lit(compte.Ensemble(compte.Valideur, compte.Instructeur)), Client: m.entrer(t, m.agent(t, compte.Ensemble(compte.Valideur, compte.Instructeur))), Connait: tousLesFils},
		{Nom: "administrator", Groupe: "agence", Acces: lit(compte.Administrateur), Client: m.entrer(t, admin), Connait: tousLesFils},
	}
	m.consulter(t, a, examine.Compte)
	cle := m.executer(t, `INSERT INTO cle_acces (compte_id, nom, identifiant, donnees, compteur, cree) VALUES ($1, 'clé', 'AA', '{}', 0, 1) RETURNING id`, chefB.Compte)
	m.mettre("B", fmt.Sprint(cle), "999999", "POST /compte/second-facteur/cles/{cle}/retrait")
	return tous
}

// consulter asks somebody of the agency for an opinion on a demande of a supplier that it examines.
func (m *monde) consulter(t *testing.T, f, qui int64) {
	t.Helper()
	id := m.executer(t, `INSERT INTO avis (fournisseur_id, depot_id, rang, etat, demande_par, demande, question, limite, relance, compte_id)
		SELECT $1, MIN(id), 0, 'attendu', 1, 1, 'Est-ce plausible ?', $2, 0, $3 FROM depot WHERE fournisseur_id = $1 RETURNING id`, f, midi.AddDate(0, 0, 9).UnixMicro(), qui)
	m.mettre("agence", fmt.Sprint(id), "999999", "GET /avis/{avis}", "POST /avis/{avis}")
}

// agent adds somebody to the agency, with a second factor.
func (m *monde) agent(t *testing.T, r compte.Role) compteessai.Personne {
	t.Helper()
	p := m.gens.AjouterPersonne(t, compte.Agence, r)
	p.Secret = m.gens.DonnerFacteur(t, p.Compte)
	return p
}

// quelques are the rows of routes that say more than their access who may take them.
func (m *monde) quelques() {
	qui := func(a ...web.Acces) func(*essai.Visiteur) bool {
		return func(v *essai.Visiteur) bool {
			for _, x := range a {
				if v.Acces(x) || x == web.Deposant && v.Suspendu != nil { // who writes to the agency
					return true
				}
			}
			return false
		}
	}
	for motif, f := range map[string]func(*essai.Visiteur) bool{
		"GET /personnes": qui(web.Proprietaire, web.Controle), "POST /personnes": qui(web.Proprietaire, web.Administrateur),
		"GET /personnes/{compte}": qui(web.Proprietaire), "POST /personnes/{compte}/role": qui(web.Proprietaire),
		"POST /personnes/{compte}/retrait": qui(web.Proprietaire), "POST /personnes/{compte}/relance": qui(web.Proprietaire),
		"GET /personnes/{compte}/second-facteur": qui(web.Proprietaire), "POST /personnes/{compte}/second-facteur": qui(web.Proprietaire),
		"GET /compte/second-facteur/image": qui(web.Lecteur),  // the administrator's is set up already
		"GET /messages/nouveau":            qui(web.Deposant), // the agency writes about a demande
		"POST /messages/nouveau":           qui(web.Deposant, web.Administrateur, web.Instructeur, web.Valideur), "POST /messages/{fil}": qui(web.Deposant, web.Administrateur, web.Instructeur, web.Valideur),
		"GET /lots/nouveau": qui(web.Instructeur, web.Valideur),
		"GET /absence":      qui(web.Instructeur, web.Administrateur), "POST /absence": qui(web.Instructeur, web.Administrateur),
		"POST /lettres/{lettre}": qui(web.Instructeur, web.Valideur), "POST /courriers/{courrier}": qui(web.Instructeur, web.Valideur),
	} {
		l := m.lignes[motif]
		if l.Chemins == nil {
			_, chemin, _ := strings.Cut(motif, " ")
			l.Chemins = map[string]string{"": chemin}
		}
		l.Qui = f
		m.lignes[motif] = l
	}
	for motif, nom := range map[string]string{ // one person's
		"GET /compte/adresse/confirmation/{lien}": "owner of A", "POST /compte/adresse/confirmation/{lien}": "owner of A",
		"POST /invitations/{fournisseur}/acceptation": "owner of A", "POST /invitations/{fournisseur}/refus": "owner of A",
		"POST /compte/second-facteur/cles/{cle}/retrait": "owner of B",
		"GET /avis/{avis}": "examiner", "POST /avis/{avis}": "examiner",
	} {
		l := m.lignes[motif]
		l.Qui = func(v *essai.Visiteur) bool { return v.Nom == nom }
		m.lignes[motif] = l
	}
	for motif, chemin := range map[string]string{ // whoever comes
		"GET /donner-avis/{lien}": "/donner-avis/rien", "POST /donner-avis/{lien}": "/donner-avis/rien", "GET /donner-avis/{lien}/pieces/{type}": "/donner-avis/rien/pieces/BON_COMMANDE",
		"GET /adresse/{lien}": "/adresse/rien", "POST /adresse/{lien}": "/adresse/rien",
		"GET /ouverture/{lien}": "/ouverture/rien", "POST /ouverture/{lien}": "/ouverture/rien", "POST /ouverture/{lien}/refus": "/ouverture/rien/refus", "GET /enrolement/lien/{lien}": "/enrolement/lien/rien", "POST /enrolement/lien/{lien}": "/enrolement/lien/rien",
		"POST /enrolement/pieces/{genre}": "/enrolement/pieces/rib", "GET /export/demandes/{format}": "/export/demandes/csv", "GET /export/travail/{format}": "/export/travail/csv", "GET /export/chiffres/{format}": "/export/chiffres/csv", "GET /export/decisions/{format}": "/export/decisions/csv",
		"GET /export/comptes/{format}": "/export/comptes/csv", "GET /comptes/postes/{poste}": "/comptes/postes/en_instance",
	} {
		m.lignes[motif] = essai.Ligne{Chemins: map[string]string{"": chemin}}
	}
}

// Each route, asked by each visitor, of what is his, of what is another's and of what does not exist: another's is
// told like nothing, word for word. Both databases.
// ASVS 8.2.1, 8.2.2, 8.3.1, 8.4.1: each route, each visitor, on both databases.
func TestAccess(t *testing.T) {
	t.Parallel()
	for nom, base := range map[string]func(testing.TB) string{"sqlite": func(testing.TB) string { return "" }, "postgres": dbessai.AdressePostgres} {
		t.Run(nom, func(t *testing.T) {
			t.Parallel()
			m := nouveauMonde(t, base(t))
			matrice := essai.Matrice{Routes: m.routes(), Visiteurs: m.visiteurs(t), Lignes: m.lignes}
			m.quelques()
			m.entendre(t)
			matrice.Verifier(t)
		})
	}
}

// A route that nobody put into the matrix is missed, and a row without its route.
func TestMatrixMissesARoute(t *testing.T) {
	t.Parallel()
	m := essai.Matrice{Routes: []web.Route{{Motif: "GET /a/{$}"}, {Motif: "GET /b/{c}"}}, Lignes: map[string]essai.Ligne{"GET /d": {}}}
	if l := m.Lacunes(); len(l) != 2 || !strings.HasPrefix(l[0], "GET /b/{c}:") || !strings.HasPrefix(l[1], "GET /d:") {
		t.Errorf("%q", l)
	}
}

// What changes something is refused when it comes from another site, and when it is asked as a page, whoever asks.
// ASVS 3.5.1, 3.5.3: over the table of routes.
func TestForeignForms(t *testing.T) {
	t.Parallel()
	m := nouveauMonde(t, "")
	pages := map[string]bool{}
	for _, r := range m.routes() {
		if chemin, ok := strings.CutPrefix(r.Motif, "GET "); ok {
			pages[chemin] = true
		}
	}
	n := 0
	for _, route := range m.routes() {
		methode, chemin, _ := strings.Cut(route.Motif, " ")
		if methode == http.MethodGet {
			continue
		}
		n++
		adresse := m.site.URL + strings.NewReplacer("{", "", "}", "").Replace(chemin)
		for _, h := range []http.Header{{"Origin": {"https://ailleurs.exemple.invalid"}}, {"Sec-Fetch-Site": {"cross-site"}}, {"Sec-Fetch-Site": {"same-site"}}} {
			if etat := demander(t, methode, adresse, h); etat != http.StatusForbidden {
				t.Errorf("%s from another site, %v: %d", route.Motif, h, etat)
			}
		}
		for _, autre := range []string{http.MethodGet, http.MethodHead} {
			if etat := demander(t, autre, adresse, nil); !pages[chemin] && etat != http.StatusMethodNotAllowed {
				t.Errorf("%s asked as %s: %d", route.Motif, autre, etat)
			}
		}
	}
	if n < 20 {
		t.Errorf("%d routes change something", n)
	}
}

func demander(t *testing.T, methode, adresse string, h http.Header) int {
	t.Helper()
	r, err := http.NewRequestWithContext(t.Context(), methode, adresse, nil)
	if err != nil {
		t.Fatal(err)
	}
	for nom, v := range h {
		r.Header[nom] = v
	}
	a, err := http.DefaultTransport.RoundTrip(r)
	if err != nil {
		t.Fatal(err)
	}
	_, err = io.Copy(io.Discard, a.Body)
	if err := errors.Join(err, a.Body.Close()); err != nil && !errors.Is(err, net.ErrClosed) {
		t.Fatal(err)
	}
	return a.StatusCode
}
