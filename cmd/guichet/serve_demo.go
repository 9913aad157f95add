package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	"guichet/internal/portail"
	"guichet/internal/portail/compte"
	"guichet/internal/portail/demo"
	"guichet/internal/portail/reglages"
)

// demoAccounts is the file, in the folder of a demonstration, that lists its accounts: it tells it from a real counter.
const demoAccounts = "demonstration.txt"

// runDemo opens a counter with the example in it: in a folder that is removed at the end, unless one was stated.
func (p *program) runDemo(ctx context.Context, r reglages.Reglages) (err error) {
	config := p.counter(r)
	config.Scene = demo.NouvelleScene(p.now)
	if r["referentiels"].Origine == "" { // those of a real counter beside it are not the example's
		config.Referentiels = ""
	}
	if r["courriels-ensemble"].Origine == "" { // who tries something out sees its mail at once
		config.Ensemble = 0
	}
	if r["agence-nom"].Origine == "" {
		config.Agence.Nom = p.t("Agence de démonstration : tout ici est fictif", "Demonstration agency: all of this is fictitious")
	}
	if r["donnees"].Origine == "" {
		if config.Donnees, err = os.MkdirTemp("", "guichet-demo-"); err != nil {
			return p.errorf("le dossier de la démonstration : %s", "the folder of the demonstration: %s", p.cause(err))
		}
		defer func() { err = errors.Join(err, os.RemoveAll(config.Donnees)) }()
	}
	known, err := os.ReadFile(filepath.Join(config.Donnees, demoAccounts))
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return p.errorf("lecture de %s : %s", "reading %s: %s", shown(demoAccounts), p.cause(err))
	}
	return p.runServer(ctx, config, r.Texte("adresse"), func(ctx context.Context, counter *portail.Portail) error {
		return p.welcomeDemo(ctx, counter, known)
	})
}

// notADemo says why the example is not loaded. The address of a database server holds a password: it is not said.
func (p *program) notADemo(config portail.Config) error {
	where := config.AdresseBase()
	if strings.Contains(where, "://") {
		where = p.t("la base de --db", "the database of --db")
	}
	return p.errorf("%s contient déjà un guichet qui n'est pas une démonstration : rien n'y est changé. Donnez un dossier vide à --donnees (ou une base vide à --db), ou retirez --demo.",
		"%s holds a counter that is not a demonstration: nothing in it is changed. Give --donnees an empty folder (or --db an empty database), or leave --demo out.", shown(where))
}

// welcomeDemo loads the example, unless it is there, and says who can sign in.
func (p *program) welcomeDemo(ctx context.Context, counter *portail.Portail, known []byte) error {
	begun := time.Now()
	err := counter.Demontrer(ctx, func(accounts []demo.Compte) error {
		known = p.demoTable(accounts)
		return p.replace(filepath.Join(counter.Donnees, demoAccounts), func(w io.Writer) error {
			_, err := w.Write(known)
			return err
		})
	})
	switch {
	case err == nil:
		p.say("exemple chargé en %s", "example loaded in %s", p.seconds(time.Since(begun)))
	case !errors.Is(err, demo.ErrOccupe):
		return p.errorf("l'exemple n'a pu être chargé : %s", "the example could not be loaded: %s", p.fault(err))
	case known == nil: // its files and the list of its accounts went with another folder
		return p.errorf("la base contient déjà l'exemple d'un autre dossier : donnez ce dossier à --donnees, ou une base vide à --db",
			"the database already holds the example of another folder: give that folder to --donnees, or an empty database to --db")
	}
	p.say("démonstration, tout y est fictif : %s", "demonstration, all of it fictitious: %s", counter.Adresse)
	p.say("les courriels, que personne ne reçoit, sont dans %s", "mails, which nobody gets, are in %s", counter.DossierCourriels())
	return p.emitBytes("", known)
}

// seconds writes a duration as the language does: 5,3 s.
func (p *program) seconds(d time.Duration) string {
	s := strconv.FormatFloat(d.Seconds(), 'f', 1, 64)
	return strings.Replace(s, ".", p.t(",", "."), 1) + "\u00a0s"
}

// demoTable lists accounts, one a line.
func (p *program) demoTable(accounts []demo.Compte) []byte {
	text := fmt.Appendf(nil, "%-42s %-20s %-15s %s\n", p.t("ADRESSE", "ADDRESS"), p.t("MOT DE PASSE", "PASSWORD"), p.t("RÔLE", "ROLE"), p.t("POUR", "FOR"))
	for _, a := range accounts {
		text = fmt.Appendf(text, "%-42s %-20s %-15s %s\n", a.Courriel, a.MotDePasse, compte.NomsRoles[a.Role].Nom.In(p.langue), a.Chez.In(p.langue))
	}
	return text
}
