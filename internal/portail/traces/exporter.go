package traces

import (
	"bufio"
	"context"
	"database/sql"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math"
	"time"

	"guichet/internal/portail/db"
	"guichet/internal/portail/journal"
)

// ligneTrace and ligneJournal are one line of an export: names are a contract.
type ligneTrace struct {
	Instant   string `json:"instant"`
	Genre     string `json:"genre"`
	Compte    int64  `json:"compte,omitempty"`
	Objet     string `json:"objet,omitempty"`
	Reseau    string `json:"reseau,omitempty"`
	Reference string `json:"reference,omitempty"`
}

type ligneJournal struct {
	Chaine     int64             `json:"chaine"`
	Rang       int64             `json:"rang,omitempty"` // in the chain of an earlier version
	Entree     int64             `json:"entree,omitempty"`
	Numero     int64             `json:"numero,omitempty"` // none while it waits for one
	Instant    string            `json:"instant"`
	Acteur     int64             `json:"acteur"`
	Action     string            `json:"action"`
	Objet      string            `json:"objet"`
	Details    map[string]string `json:"details,omitempty"`
	Sel        string            `json:"sel,omitempty"`
	Engagement string            `json:"engagement,omitempty"` // in the place of details that were erased
	Empreinte  string            `json:"empreinte"`
}

// lignes writes JSON, one object a line.
type lignes struct {
	tampon *bufio.Writer
	json   *json.Encoder
}

func nouvellesLignes(w io.Writer) lignes {
	t := bufio.NewWriter(w)
	e := json.NewEncoder(t)
	e.SetEscapeHTML(false)
	return lignes{t, e}
}

const forme = time.RFC3339Nano

// partie is how many rows are read at a time: a slow reader holds no connection to the database.
const partie = 1000

// ExporterTraces writes all traces as JSON lines, the last first.
func ExporterTraces(ctx context.Context, base *sql.DB, w io.Writer) error {
	l := nouvellesLignes(w)
	for f := (Filtre{Max: partie}); ; {
		var lues []Trace
		err := Parcourir(ctx, base, f, func(t Trace) error { lues = append(lues, t); return nil })
		if err != nil {
			return err
		}
		for _, t := range lues {
			if err := l.json.Encode(ligneTrace{t.Instant.Format(forme), t.Genre, t.Compte, t.Objet, t.Reseau, t.Reference}); err != nil {
				return fmt.Errorf("write the traces: %w", err)
			}
			f.Avant = t.ID
		}
		if len(lues) < partie {
			return l.tampon.Flush()
		}
	}
}

// ExporterJournal writes what concerns some as JSON lines, from the first entry on, with the hashes.
func ExporterJournal(ctx context.Context, base *sql.DB, w io.Writer, chaines ...int64) error {
	l := nouvellesLignes(w)
	for _, chaine := range chaines {
		for depuis := int64(math.MinInt64); ; {
			lues, err := journal.Partie(ctx, base, chaine, depuis, partie)
			if err != nil {
				return err
			}
			for _, e := range lues {
				if err := l.json.Encode(deLigne(&e)); err != nil {
					return fmt.Errorf("write the journal: %w", err)
				}
				depuis = e.Entree + 1
			}
			if len(lues) < partie {
				break
			}
		}
	}
	return l.tampon.Flush()
}

func deLigne(e *journal.Ecrite) ligneJournal {
	l := ligneJournal{
		Chaine: e.Chaine, Rang: e.Rang(), Numero: e.Numero, Instant: e.Instant.Format(forme), Acteur: e.Acteur, Action: e.Action, Objet: e.Objet, Details: e.Details,
		Sel: hex.EncodeToString(e.Sel), Engagement: hex.EncodeToString(e.Engagement), Empreinte: hex.EncodeToString(e.Empreinte),
	}
	if l.Rang == 0 {
		l.Entree = e.Entree
	}
	return l
}

// Chaine is whom entries of the journal concern, by the name of the supplier; "" for the agency.
type Chaine struct {
	ID  int64
	Nom string
}

// Chaines lists the agency and all suppliers, and whom only chains of an earlier version know.
func Chaines(ctx context.Context, base *sql.DB) (chaines []Chaine, err error) {
	rangees, err := base.QueryContext(ctx, `SELECT c.id, COALESCE(f.raison_sociale, '') FROM
		(SELECT 0 AS id UNION SELECT id FROM fournisseur UNION SELECT chaine FROM journal_chaine_fin) c
		LEFT JOIN fournisseur f ON f.id = c.id ORDER BY c.id`)
	if err != nil {
		return nil, fmt.Errorf("list the chains: %w", err)
	}
	defer func() { err = errors.Join(err, rangees.Close()) }()
	for rangees.Next() {
		var c Chaine
		if err := rangees.Scan(&c.ID, &c.Nom); err != nil {
			return nil, fmt.Errorf("list the chains: %w", err)
		}
		chaines = append(chaines, c)
	}
	return chaines, rangees.Err()
}

// SansJournal lists the suppliers of whom the journal says nothing: the enrolment of each was noted.
func SansJournal(ctx context.Context, base *sql.DB) (muets []Chaine, err error) {
	muets, err = db.Lignes(ctx, base, func(l db.Ligne, c *Chaine) error { return l.Scan(&c.ID, &c.Nom) },
		`SELECT f.id, f.raison_sociale FROM fournisseur f WHERE NOT EXISTS (SELECT 1 FROM journal j WHERE j.chaine = f.id)
			AND NOT EXISTS (SELECT 1 FROM journal_chaine c WHERE c.chaine = f.id) ORDER BY f.id`)
	if err != nil {
		return nil, fmt.Errorf("list the suppliers without a journal: %w", err)
	}
	return muets, nil
}
