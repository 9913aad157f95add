package lettre

import (
	"context"
	"database/sql"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
	"time"

	"guichet/internal/portail/compte"
	"guichet/internal/portail/db"
	"guichet/internal/portail/decision"
	"guichet/internal/portail/journal"
	"guichet/modele"
)

// Reglage is something that the agency alone can say, and that letters must: the program does not invent it.
type Reglage struct {
	Nom   string // of its field
	Titre modele.Texte
	Quoi  modele.Texte
	Long  bool // paragraphs
}

// Reglages are they.
var Reglages = []Reglage{
	{Nom: "tribunal", Titre: modele.Texte{Fr: "Tribunal", En: "Court"}, Quoi: modele.Texte{Fr: "devant qui une décision est contestée, avec son adresse", En: "who hears an appeal, with the address"}},
	{Nom: "superieur", Titre: modele.Texte{Fr: "Supérieur hiérarchique", En: "Superior"}, Quoi: modele.Texte{Fr: "à qui s'adresse un recours hiérarchique", En: "whom a hierarchical appeal goes to"}},
	{Nom: "texte", Long: true, Titre: modele.Texte{Fr: "Document et version", En: "Document and version"}, Quoi: modele.Texte{Fr: "le document qui fixe les conditions de l'aide, et sa version", En: "the document that lays down the conditions of the aid, and its version"}},
	{Nom: "limite", Long: true, Titre: modele.Texte{Fr: "Date limite du solde", En: "Deadline of the balance"}, Quoi: modele.Texte{Fr: "le jour limite, avec son heure", En: "the last day, with its hour"}},
	{Nom: "piecesSolde", Long: true, Titre: modele.Texte{Fr: "Pièces du solde", En: "Documents of the balance"}, Quoi: modele.Texte{Fr: "les pièces à produire pour le solde", En: "the documents to be produced for the balance"}},
	{Nom: "seuils", Long: true, Titre: modele.Texte{Fr: "Seuils d'usage", En: "Usage thresholds"}, Quoi: modele.Texte{Fr: "les seuils d'usage à atteindre", En: "the usage thresholds to be reached"}},
	{Nom: "controles", Long: true, Titre: modele.Texte{Fr: "Contrôles", En: "Controls"}, Quoi: modele.Texte{Fr: "les contrôles, et ce qu'il faut garder pour eux", En: "the controls, and what must be kept for them"}},
	{Nom: "recouvrement", Long: true, Titre: modele.Texte{Fr: "Reversement", En: "Recovery"}, Quoi: modele.Texte{Fr: "dans quels cas l'aide est reversée, et comment", En: "when the aid is recovered, and how"}},
}

// MaxReglage is how long one may be, in characters.
const MaxReglage = 3000

// prefixeQualite begins the names of what the agency says of those who decide: as what each of them does.
const prefixeQualite = "qualite-"

// nomQualite is under which name it is kept as what somebody decides.
func nomQualite(compte int64) string { return prefixeQualite + strconv.FormatInt(compte, 10) }

// ReglageDe is the setting of a name; as what somebody decides is one.
func ReglageDe(nom string) (Reglage, bool) {
	for _, r := range Reglages {
		if r.Nom == nom {
			return r, true
		}
	}
	numero, ok := strings.CutPrefix(nom, prefixeQualite)
	n, err := strconv.ParseInt(numero, 10, 64)
	return Reglage{Nom: nom, Titre: modele.Texte{Fr: "Qualité", En: "Quality"}}, ok && err == nil && n > 0
}

// Dits is what the agency says in an edition, by the name of each setting.
type Dits struct {
	Edition int64 // 0 before anything was said
	Textes  map[string]modele.Texte
}

// Edition tells who saved one, and when.
type Edition struct {
	Numero  int64
	Compte  int64 // 0 for as what people decide, of before that was kept
	Nom     string
	Instant time.Time
	Change  []string // names of what it changed
}

// maintenant is no edition in particular: what is said now.
const maintenant = int64(1) << 60

// reglages reads what the agency says, in an edition, with what the installation says where it has not.
func (s *Service) reglages(ctx context.Context, q db.Lecteur, edition int64) (*Dits, error) {
	type un struct {
		nom     string
		edition int64
		modele.Texte
	}
	lus, err := db.Lignes(ctx, q, func(l db.Ligne, x *un) error { return l.Scan(&x.nom, &x.Fr, &x.En, &x.edition) },
		`SELECT nom, fr, en, edition FROM lettre_reglage r WHERE version = (SELECT MAX(version) FROM lettre_reglage x WHERE x.nom = r.nom AND x.edition <= $1)`, edition)
	if err != nil {
		return nil, fmt.Errorf("read what letters say: %w", err)
	}
	d := &Dits{Textes: map[string]modele.Texte{"tribunal": pareil(s.Tribunal)}}
	for _, x := range lus {
		d.Edition = max(d.Edition, x.edition)
		if x.Texte != (modele.Texte{}) || x.nom != "tribunal" {
			d.Textes[x.nom] = x.Texte
		}
	}
	return d, nil
}

// maxEditions is how many editions a page lists: all are kept.
const maxEditions = 50

// editions lists them, the newest first: those from a number on, or that one alone.
func (s *Service) editions(ctx context.Context, q db.Lecteur, de, a int64) (toutes []Edition, err error) {
	type ligne struct {
		Edition
		nom string
	}
	lues, err := db.Lignes(ctx, q, func(l db.Ligne, x *ligne) error {
		var instant int64
		err := l.Scan(&x.Numero, &x.nom, &x.Compte, &x.Edition.Nom, &instant)
		x.Instant = db.Temps(instant)
		return err
	}, `SELECT r.edition, r.nom, r.compte_id, COALESCE(c.nom, ''), r.instant FROM lettre_reglage r LEFT JOIN compte c ON c.id = r.compte_id
		WHERE r.edition >= $1 AND r.edition <= $2 ORDER BY r.edition DESC, r.nom LIMIT $3`, de, a, maxEditions*(len(Reglages)+1))
	if err != nil {
		return nil, fmt.Errorf("list the editions of what letters say: %w", err)
	}
	for _, x := range lues {
		if n := len(toutes); n == 0 || toutes[n-1].Numero != x.Numero {
			toutes = append(toutes, x.Edition)
		}
		e := &toutes[len(toutes)-1]
		e.Change = append(e.Change, x.nom)
	}
	return toutes[:min(len(toutes), maxEditions)], nil
}

// Regler keeps what the agency says, as a new edition, whatever was said before.
func (s *Service) Regler(ctx context.Context, compte int64, dit map[string]modele.Texte) error {
	_, err := s.reglerLu(ctx, compte, dit, maintenant)
	return err
}

// Qualifier keeps as what somebody decides.
func (s *Service) Qualifier(ctx context.Context, qui, compte int64, qualite modele.Texte) error {
	return s.Regler(ctx, qui, map[string]modele.Texte{nomQualite(compte): qualite})
}

// reglerLu keeps what somebody says who has read an edition. Where there is another one since, nothing is kept: the editions that
// followed are returned, the newest first.
func (s *Service) reglerLu(ctx context.Context, compte int64, dit map[string]modele.Texte, lue int64) (depuis []Edition, err error) {
	for nom, t := range dit {
		r, ok := ReglageDe(nom)
		if !ok {
			return nil, fmt.Errorf("there is no setting %q", nom)
		}
		for _, x := range []string{t.Fr, t.En} {
			if f := r.fautes(x); len(f) > 0 {
				d := f[0].Dire()
				return nil, decision.Refuser("« "+r.Titre.Fr+" » : "+d.Fr, "“"+r.Titre.En+"”: "+d.En)
			}
		}
	}
	err = s.Base.Ecrire(ctx, func(ctx context.Context, tx *sql.Tx) error {
		if err := s.verrouiller(ctx, tx); err != nil {
			return err
		}
		avant, err := s.reglages(ctx, tx, maintenant)
		if err != nil {
			return err
		}
		if lue != maintenant && lue != avant.Edition {
			depuis, err = s.editions(ctx, tx, lue+1, maintenant)
			return err
		}
		depuis = nil
		return s.nouvelleEdition(ctx, tx, compte, avant, dit)
	})
	return depuis, err
}

// nouvelleEdition keeps what has changed; nothing is no edition.
func (s *Service) nouvelleEdition(ctx context.Context, tx *sql.Tx, compte int64, avant *Dits, dit map[string]modele.Texte) error {
	for _, nom := range slices.Sorted(maps.Keys(dit)) {
		if dit[nom] == avant.Textes[nom] {
			continue
		}
		err := db.Poser(ctx, tx, `INSERT INTO lettre_reglage (nom, version, fr, en, compte_id, instant, edition)
			SELECT $1, COALESCE(MAX(version), 0) + 1, $2, $3, $4, $5, $6 FROM lettre_reglage WHERE nom = $1`, nom, dit[nom].Fr, dit[nom].En, compte, s.instant(), avant.Edition+1)
		if err == nil {
			err = s.consigner(ctx, tx, compte, "lettre.reglage", nom)
		}
		if err != nil {
			return fmt.Errorf("keep what letters say: %w", err)
		}
	}
	return nil
}

// consigner notes in the journal what somebody changed about letters.
func (s *Service) consigner(ctx context.Context, tx *sql.Tx, qui int64, action, objet string) error {
	return journal.Ajouter(ctx, tx, s.Base.Dialecte, journal.Ligne{Chaine: compte.Agence, Instant: s.Maintenant(), Acteur: qui, Action: action, Objet: objet})
}
