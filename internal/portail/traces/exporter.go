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
	"time"

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
	Chaine    int64             `json:"chaine"`
	Rang      int64             `json:"rang"`
	Instant   string            `json:"instant"`
	Acteur    int64             `json:"acteur"`
	Action    string            `json:"action"`
	Objet     string            `json:"objet"`
	Details   map[string]string `json:"details,omitempty"`
	Empreinte string            `json:"empreinte"`
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

// ExporterJournal writes chains of the journal as JSON lines, each from its first row, with the hashes.
func ExporterJournal(ctx context.Context, base *sql.DB, w io.Writer, chaines ...int64) error {
	l := nouvellesLignes(w)
	for _, chaine := range chaines {
		for rang := int64(1); ; {
			lues, empreintes, err := journal.Partie(ctx, base, chaine, rang, partie)
			if err != nil {
				return err
			}
			for i, x := range lues {
				err := l.json.Encode(ligneJournal{x.Chaine, x.Rang, x.Instant.Format(forme), x.Acteur, x.Action, x.Objet, x.Details, hex.EncodeToString(empreintes[i])})
				if err != nil {
					return fmt.Errorf("write the journal: %w", err)
				}
				rang = x.Rang + 1
			}
			if len(lues) < partie {
				break
			}
		}
	}
	return l.tampon.Flush()
}

// Chaine is one chain of the journal, by the name of its supplier; "" for the agency's.
type Chaine struct {
	ID  int64
	Nom string
}

// Chaines lists the chains that there are and those that there ought to be: the agency's, and one for each supplier. A
// supplier has a row from its enrolment on.
func Chaines(ctx context.Context, base *sql.DB) (chaines []Chaine, err error) {
	rangees, err := base.QueryContext(ctx, `SELECT c.id, COALESCE(f.raison_sociale, '') FROM
		(SELECT 0 AS id UNION SELECT id FROM fournisseur UNION SELECT chaine FROM journal_fin UNION SELECT DISTINCT chaine FROM journal) c
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
