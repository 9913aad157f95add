package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"

	"github.com/spf13/cobra"

	"guichet/internal/portail/db"
	"guichet/internal/portail/journal"
	"guichet/internal/portail/reglages"
)

// journalProve builds the command that proves entries, and checks proofs without a counter.
func (p *program) journalProve() *cobra.Command {
	var proof string
	var keys []string
	c := &cobra.Command{
		Use:   p.t("prouver RECU [options]", "prouver RECEIPT [options]"),
		Short: p.t("Prouve ce que le journal dit d'un reçu, d'une demande, d'un objet", "Prove what the journal says of a receipt, a request, an object"),
		Long: p.t(`Écrit, pour chaque entrée du journal dont l'objet est RECU (le numéro d'un accusé, d'une demande), une preuve en JSON, l'une après
l'autre : l'entrée, sa place, le chemin jusqu'à la racine, la tête signée. Avec --verifier et la clé publique, elle s'éprouve partout,
sans guichet ni base.

Statut de sortie :
  0    prouvé
  1    la preuve ne prouve rien
  2    mauvais usage, ou le journal n'a pas cette entrée`,
			`Writes, for each entry of the journal that is about RECEIPT (the number of a receipt, of a request), a proof in JSON, one after the
other: the entry, its place, the path to the root, the signed head. With --verifier and the public key it is checked anywhere,
without counter or database.

Exit status:
  0    proven
  1    the proof proves nothing
  2    misuse, or the journal has no such entry`),
		Example: p.examples(
			"guichet journal prouver MS1-DUI-1-A > preuve.json", "ce que le journal dit de ce dépôt", "what the journal says of that deposit",
			"guichet journal prouver --verifier preuve.json --cle-publique guichet.exemple.fr+1234abcd+AbCd…", "chez le fournisseur", "at the supplier's",
		),
		Args: func(c *cobra.Command, args []string) error {
			if (len(args) == 1) == (proof == "") {
				return nil
			}
			return usageError{c.CommandPath(), p.errorf("donnez le numéro d'un reçu, ou --verifier et une preuve", "give the number of a receipt, or --verifier and a proof")}
		},
	}
	p.withSettings(c, func(ctx context.Context, r reglages.Reglages, args []string) error {
		if proof != "" {
			return p.checkProofs(r, proof, keys)
		}
		return p.withCounter(ctx, r, func(b *db.Base) error { return p.prove(ctx, b, r, args[0]) })
	})
	c.Flags().StringVar(&proof, "verifier", "", p.t("fichier de preuves à éprouver", "file of proofs to check"))
	c.Flags().StringArrayVar(&keys, "cle-publique", nil, p.t("clé publique du journal (guichet journal cle)", "public key of the journal (guichet journal cle)"))
	return c
}

// maxProofs bounds the entries about one object that are proven.
const maxProofs = 1000

func (p *program) prove(ctx context.Context, b *db.Base, r reglages.Reglages, object string) error {
	key, err := journal.LireCle(p.journalKeyPlace(r))
	if err != nil {
		return p.unreadable(err)
	}
	proofs, err := journal.Prouver(ctx, b.Lire(), key.Verifieurs(), object, maxProofs)
	switch {
	case errors.Is(err, journal.ErrSansEntree):
		return p.errorf("le journal n'a aucune entrée dont l'objet est %s", "the journal has no entry about %s", shown(object))
	case errors.Is(err, journal.ErrSansPlace):
		return p.errorf("l'entrée attend encore sa place dans le journal : le guichet la donne en une seconde", "the entry waits for its place in the journal: the counter gives it within a second")
	case err != nil:
		return p.unreadable(err)
	}
	return p.emit("", func(w io.Writer) error {
		e := json.NewEncoder(w)
		e.SetEscapeHTML(false)
		e.SetIndent("", "  ")
		for _, x := range proofs {
			if err := e.Encode(x); err != nil {
				return fmt.Errorf("write a proof: %w", err)
			}
		}
		return nil
	})
}

// maxProof bounds a file of proofs, in bytes.
const maxProof = 16 << 20

// checkProofs says what each proof of a file proves; findings for one that proves nothing.
func (p *program) checkProofs(r reglages.Reglages, name string, keys []string) error {
	key, err := journal.LireCle(p.journalKeyPlace(r))
	if err != nil && len(keys) == 0 {
		return p.errorf("donnez la clé publique du journal : --cle-publique", "give the public key of the journal: --cle-publique")
	}
	f, err := os.Open(name)
	if err != nil {
		return p.errorf("la preuve %s ne se lit pas : %s", "the proof %s cannot be read: %s", shown(name), p.cause(err))
	}
	defer f.Close()
	var lines strings.Builder
	for d := json.NewDecoder(io.LimitReader(f, maxProof)); d.More() || lines.Len() == 0; {
		var x journal.Preuve
		if err := d.Decode(&x); err != nil {
			return p.errorf("%s n'est pas une preuve de guichet journal prouver", "%s is no proof of guichet journal prouver", shown(name))
		}
		head, err := x.Verifier(key.Verifieurs(keys...))
		if err != nil {
			p.say("cette preuve ne prouve rien : %s", "this proof proves nothing: %s", p.cause(err))
			return findings
		}
		fmt.Fprintf(&lines, p.t("prouvé : entrée %d du journal de %s, qui en compte %d : %s %s, %s, %s\n", "proven: entry %d of the journal of %s, which has %d: %s %s, %s, %s\n"),
			x.Numero, shown(head.Nom), head.Taille, shown(x.Action), shown(x.Objet), x.Quand().UTC().Format("2006-01-02T15:04:05Z"), shown(string(x.Details)))
	}
	return p.emitBytes("", []byte(lines.String()))
}
