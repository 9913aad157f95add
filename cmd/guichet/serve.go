package main

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"os"
	"runtime"
	"runtime/debug"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/spf13/cobra"

	"guichet/internal/portail"
	"guichet/internal/portail/accuse"
	"guichet/internal/portail/antivirus"
	"guichet/internal/portail/certificat"
	"guichet/internal/portail/courriel"
	"guichet/internal/portail/db"
	"guichet/internal/portail/demo"
	"guichet/internal/portail/federe"
	"guichet/internal/portail/reglages"
	"guichet/internal/portail/relais"
	"guichet/internal/portail/web"
)

// serve builds the command that runs the counter.
func (p *program) serve() *cobra.Command {
	c := &cobra.Command{
		Use:   "serve [options]",
		Short: p.t("Ouvre le guichet : le portail de dépôt, sur cette machine", "Open the counter: the portal of deposits, on this machine"),
		Long: p.t(`Sans réglage, écoute sur http://127.0.0.1:8080, avec une base SQLite et un dossier « portail » ici. Le premier démarrage
donne un lien, valable une fois, qui ouvre le compte du premier administrateur ; il n'y a pas de mot de passe par défaut.

Chaque option est aussi une variable d'environnement (GUICHET_SMTP_HOTE pour --smtp-hote) et une ligne du fichier YAML de
--config ; guichet config montre les valeurs retenues et d'où elles viennent. Ctrl-C arrête après les réponses en cours.

Statut de sortie :
  0    arrêté comme demandé
  2    mauvais usage, ou le guichet n'a pu s'ouvrir`,
			`With nothing set, listens on http://127.0.0.1:8080, with an SQLite database and a folder "portail" here. The first start
gives a link, good once, that opens the account of the first administrator; there is no default password.

Each flag is also an environment variable (GUICHET_SMTP_HOTE for --smtp-hote) and a line of the YAML file of --config;
guichet config shows the values in force and where they come from. Ctrl-C stops after the answers under way.

Exit status:
  0    stopped as asked
  2    misuse, or the counter could not open`),
		Example: p.examples(
			"guichet serve", "essayer le guichet sur cette machine", "try the counter on this machine",
			"guichet serve --demo", "avec un exemple fictif, effacé à la fin", "with a fictitious example, removed at the end",
			"guichet serve --adresse 127.0.0.1:0 --donnees /tmp/guichet", "un port libre et un autre dossier", "a free port and another folder",
			"guichet serve --config guichet-portail.yaml", "avec un fichier de réglages", "with a file of settings",
		),
		Args: p.noArgs,
	}
	var example bool
	p.withSettings(c, func(ctx context.Context, r reglages.Reglages, _ []string) (err error) {
		if example {
			return p.runDemo(ctx, r)
		}
		config := p.counter(r)
		if config.Textes, err = p.texts(r); err != nil {
			return err
		}
		return p.runServer(ctx, config, r.Texte("adresse"), p.welcome)
	})
	c.Flags().BoolVar(&example, "demo", false, p.t("démonstration : charge un exemple fictif, et donne ses comptes",
		"demonstration: load a fictitious example, and give its accounts"))
	return c
}

// withSettings gives a command the settings of the counter, and has it run with them and its arguments.
func (p *program) withSettings(c *cobra.Command, run func(context.Context, reglages.Reglages, []string) error) *cobra.Command {
	settings := p.settingsFlags(c)
	c.RunE = func(c *cobra.Command, args []string) error {
		r, err := settings()
		if err != nil {
			return err
		}
		return run(c.Context(), r, args)
	}
	return c
}

// settingsFlags adds the settings of the counter. The function that it returns reads them.
func (p *program) settingsFlags(c *cobra.Command) func() (reglages.Reglages, error) {
	f := c.Flags()
	f.SortFlags = false
	var file string
	f.Var(&option{&file, p.t("FICHIER", "FILE"), nil}, "config", p.t("fichier YAML de réglages", "YAML file of settings"))
	given := map[string]*string{}
	for _, s := range reglages.Tous() {
		given[s.Nom] = new(string)
		usage := s.Aide.In(p.langue)
		if s.Defaut != "" {
			usage += p.t(" (par défaut ", " (default ") + s.Defaut + ")"
		}
		f.Var(&option{given[s.Nom], s.Genre.In(p.langue), nil}, s.Nom, usage)
	}
	return func() (reglages.Reglages, error) {
		flags := map[string]string{}
		for name, value := range given {
			if f.Changed(name) {
				flags[name] = *value
			}
		}
		if err := p.noSecrets(flags); err != nil {
			return nil, err
		}
		r, err := reglages.Lire(flags, p.getenv, file)
		if err != nil {
			return nil, p.errorf("%s", "%s", p.fault(err))
		}
		return r, nil
	}
}

// noSecrets refuses secrets among the arguments of a command, which everybody on the machine can read.
func (p *program) noSecrets(flags map[string]string) error {
	for _, s := range reglages.Tous() {
		value := flags[s.Nom]
		if s.Nom == "db" {
			u, err := url.Parse(value)
			if err != nil || u.User == nil {
				continue
			}
			value, _ = u.User.Password()
		}
		if s.Secret && value != "" {
			return p.errorf("--%s : un secret ne se donne pas en argument, tous les comptes de la machine l'y lisent ; mettez-le dans la variable %s, ou dans le fichier de --config",
				"--%s: a secret is not given as an argument, all accounts of the machine can read it there; put it in the variable %s, or in the file of --config", s.Nom, s.Variable())
		}
	}
	return nil
}

// counter is the configuration that the settings come to. The address is known once the counter listens.
func (p *program) counter(r reglages.Reglages) portail.Config {
	return portail.Config{
		Donnees: r.Texte("donnees"), Base: r.Texte("db"), Cle: r.Texte("cle"), Referentiels: r.Texte("referentiels"), Adresse: r.Texte("url"),
		Agence: web.Agence{
			Nom: r.Texte("agence-nom"), Courriel: r.Texte("agence-courriel"), Telephone: r.Texte("agence-telephone"),
			Service: r.Texte("agence-service"), Adresse: r.Texte("agence-adresse"),
		},
		Fictifs: r.Fictifs(),
		Delais: accuse.Delais{
			Silence: accuse.Silence(r.Texte("agence-silence")), Decision: r.Nombre("agence-delai-decision"), Pieces: r.Nombre("agence-delai-pieces"),
			Reponse: r.Nombre("agence-delai-reponse"), Recours: r.Nombre("agence-delai-recours"), Tribunal: r.Texte("agence-tribunal"),
		},
		Expediteur: courriel.Expediteur{Nom: r.Texte("agence-nom"), Adresse: r.Texte("courriel-de")},
		SMTP: courriel.Serveur{
			Hote: r.Texte("smtp-hote"), Port: r.Nombre("smtp-port"), Compte: r.Texte("smtp-compte"), MotDePasse: r.Texte("smtp-mot-de-passe"),
			SansChiffrement: r.Texte("smtp-chiffrement") == "aucun", ChiffrementDirect: r.Texte("smtp-chiffrement") == "direct",
		},
		Certificat: certificat.Fichiers{Certificat: r.Texte("tls-certificat"), Cle: r.Texte("tls-cle")},
		ACME:       authority(r),
		Federation: provider(r),
		Relais:     proxies(r), Reserve: int64(r.Nombre("reserve")) * 1_000_000, Clamd: r.Texte("clamd"), FacteurExige: r.Texte("second-facteur") == "exige", SecondePersonne: r.Texte("seconde-personne") == "exige", Rappels: r.Nombres("agence-rappels"), Observations: int(r.Nombre("agence-delai-observations")), RefusSansReponse: r.Texte("agence-sans-reponse") == "refus", DelaiAvis: r.Nombre("agence-delai-avis"), Ensemble: time.Duration(r.Nombre("courriels-ensemble")) * time.Minute, Traces: time.Duration(r.Nombre("traces-jours")) * 24 * time.Hour, Ancres: r.Texte("ancres"), AncresChaque: time.Duration(r.Nombre("ancres-heures")) * time.Hour, AncresA: between(r.Texte("ancres-courriels")), MesuresJeton: r.Texte("mesures-jeton"), Maintenant: p.now,
		Log: slog.New(slog.NewJSONHandler(p.stderr, &slog.HandlerOptions{Level: slog.LevelInfo})),
	}
}

// between are the texts between the commas of a setting.
func between(text string) []string {
	if text == "" {
		return nil
	}
	return strings.Split(text, ",")
}

// provider is the identity provider of the agency, as the settings say.
func provider(r reglages.Reglages) federe.Config {
	c := federe.Config{Emetteur: r.Texte("oidc-emetteur"), Client: r.Texte("oidc-client"), Secret: r.Texte("oidc-secret"), Libelle: r.Texte("oidc-libelle")}
	if forts := r.Texte("oidc-facteur"); forts != "" {
		c.Forts = strings.Split(forts, ",")
	}
	return c
}

// wholeProvider refuses an identity provider of which a part is missing.
func (p *program) wholeProvider(c federe.Config) error {
	if c.Emetteur == "" || c.Client != "" && c.Secret != "" {
		return nil
	}
	return p.errorf("--oidc-emetteur veut aussi --oidc-client, et le secret dans GUICHET_OIDC_SECRET ou dans le fichier de --config : le fournisseur d'identité donne les deux",
		"--oidc-emetteur needs --oidc-client, too, and the secret in GUICHET_OIDC_SECRET or in the file of --config: the identity provider gives both")
}

// maxText bounds a text of the agency, in bytes.
const maxText = 200_000

// texts reads what the agency says on the pages of the foot.
func (p *program) texts(r reglages.Reglages) (t web.Textes, err error) {
	for name, text := range map[string]*string{"agence-mentions": &t.Mentions, "agence-donnees": &t.Donnees, "agence-accessibilite": &t.Accessibilite} {
		file := r.Texte(name)
		if file == "" {
			continue
		}
		bytes, err := os.ReadFile(file)
		switch {
		case err != nil:
			return t, p.errorf("--%s : %s : %s", "--%s: %s: %s", name, shown(file), p.causeAndHelp(err))
		case len(bytes) > maxText || !utf8.Valid(bytes):
			return t, p.errorf("--%s : %s n'est pas un texte UTF-8 de 200 ko au plus", "--%s: %s is no UTF-8 text of at most 200 kB", name, file)
		}
		*text = string(bytes)
	}
	return t, nil
}

// graceful is how long the answers under way may take once the counter is asked to stop.
const graceful = 30 * time.Second

// perNetwork is how many connections one network may have open: an eighth of all, and enough for those of a company.
const perNetwork = 512

// runServer opens the counter, does what comes before the jobs begin and answers until ctx ends.
func (p *program) runServer(ctx context.Context, config portail.Config, address string, before func(context.Context, *portail.Portail) error) (err error) {
	keepPrivate()
	holdMemory()
	secure, err := p.secure(config)
	if err := errors.Join(err, p.wholeProvider(config.Federation)); err != nil {
		return err
	}
	listener, err := net.Listen("tcp", address)
	if err != nil {
		return p.errorf("le guichet ne peut écouter sur %s : %s", "the counter cannot listen on %s: %s", address, p.causeAndHelp(err))
	}
	if config.Adresse == "" && secure != nil {
		config.Adresse = "https://" + reached(listener.Addr())
	}
	p.warnOpen(listener.Addr(), config.Adresse)
	p.warnClear(config)
	if config.Adresse == "" {
		config.Adresse = "http://" + reached(listener.Addr())
	}
	counter, err := portail.Ouvrir(ctx, config)
	if errors.Is(err, demo.ErrOccupe) {
		return errors.Join(p.notADemo(config), listener.Close())
	}
	if err != nil {
		return errors.Join(p.errorf("le guichet n'a pu s'ouvrir : %s", "the counter could not open: %s", p.fault(err)), listener.Close())
	}
	defer func() {
		stop, cancel := context.WithTimeout(context.WithoutCancel(ctx), graceful)
		defer cancel()
		err = errors.Join(err, counter.Fermer(stop))
	}()
	shareProcessors()
	if err := before(ctx, counter); err != nil {
		return errors.Join(err, listener.Close())
	}
	if err := counter.Demarrer(ctx); err != nil {
		return errors.Join(err, listener.Close())
	}
	limits := web.LimitesOrdinaires()
	listener = config.Relais.Ecouter(web.ParReseau(limits.Borner(listener), perNetwork, config.Relais.Sien))
	return serveUntil(ctx, limits.Servir(counter.Handler()), listener, secure)
}

// reached is where a browser of this machine finds what listens: nobody opens 0.0.0.0 or [::], which stand for all addresses.
func reached(listening net.Addr) string {
	a, err := netip.ParseAddrPort(listening.String())
	if err != nil || !a.Addr().IsUnspecified() {
		return listening.String()
	}
	return netip.AddrPortFrom(netip.AddrFrom4([4]byte{127, 0, 0, 1}), a.Port()).String()
}

// everywhere names where it listens: an address, or all those of this machine.
func (p *program) everywhere(listening net.Addr) string {
	a, err := netip.ParseAddrPort(listening.String())
	if err != nil || !a.Addr().IsUnspecified() {
		return listening.String()
	}
	return fmt.Sprintf(p.t("toutes les adresses de cette machine, port %d,", "all addresses of this machine, port %d,"), a.Port())
}

// holdMemory has memory that nothing uses any more given back before the program holds much of it: hashes of passwords and
// large files leave hundreds of megabytes a second behind them. Up to there it is looked for less often than it would be,
// since a counter holds little itself. GOMEMLIMIT and GOGC say otherwise.
func holdMemory() {
	if os.Getenv("GOMEMLIMIT") == "" {
		debug.SetMemoryLimit(512 << 20)
	}
	if os.Getenv("GOGC") == "" {
		debug.SetGCPercent(300)
	}
}

// shareProcessors lets two threads more run than there are processors, once the counter has bounded what it does at once by their
// number: SQLite's only writer then shares a processor with the controls, where it stood in a row behind sixteen of them, and a
// tenth more deposits are written on two processors. GOMAXPROCS says otherwise.
func shareProcessors() {
	if os.Getenv("GOMAXPROCS") == "" {
		runtime.GOMAXPROCS(runtime.GOMAXPROCS(0) + 2)
	}
}

// warnOpen warns who opens the counter to other machines without saying where browsers find it: over plain HTTP, whoever
// is in between reads passwords and takes sessions.
func (p *program) warnOpen(listening net.Addr, public string) {
	a, err := netip.ParseAddrPort(listening.String())
	if err != nil || a.Addr().Unmap().IsLoopback() || strings.HasPrefix(public, "https://") {
		return
	}
	p.say("attention : le guichet écoute sur %s sans chiffrement, et d'autres machines l'atteignent ; donnez-lui --tls-certificat et --tls-cle, ou placez-le derrière un serveur HTTPS avec --url https://…, --relais et --adresse 127.0.0.1:8080",
		"warning: the counter listens on %s without encryption, and other machines reach it; give it --tls-certificat and --tls-cle, or put it behind an HTTPS server with --url https://…, --relais and --adresse 127.0.0.1:8080", p.everywhere(listening))
}

// warnClear warns of what the counter tells other machines without encryption.
func (p *program) warnClear(c portail.Config) {
	for _, x := range []struct {
		clear  bool
		fr, en string
	}{
		{db.EnClair(c.Base), "la base PostgreSQL est sur une autre machine, et ce qui va à elle peut n'être pas chiffré (sslmode) ; donnez-lui un certificat et mettez sslmode=verify-full",
			"the PostgreSQL database is on another machine, and what goes to it may not be encrypted (sslmode); give it a certificate and set sslmode=verify-full"},
		{antivirus.Clamd{Adresse: c.Clamd}.EnClair(), "l'antivirus est sur une autre machine, et clamd ne chiffre pas : les pièces y vont en clair ; mettez-le sur celle-ci (unix:…), ou derrière un tunnel",
			"the antivirus is on another machine, and clamd does not encrypt: documents go there in clear; put it on this one (unix:…), or behind a tunnel"},
	} {
		if x.clear {
			p.say("attention : %s", "warning: %s", p.t(x.fr, x.en))
		}
	}
}

// proxies are those that the settings trust.
func proxies(r reglages.Reglages) relais.Relais {
	networks, _ := relais.Reseaux(r.Texte("relais")) // reglages.Lire has seen it
	return relais.Relais{Reseaux: networks, Entete: r.Texte("relais-entete")}
}

// welcome says where the counter is, and how the first administrator comes in.
func (p *program) welcome(ctx context.Context, counter *portail.Portail) error {
	link, first, err := counter.LienAdministrateur(ctx)
	if err != nil {
		return err
	}
	p.say("le guichet est ouvert : %s", "the counter is open: %s", counter.Adresse)
	if err := p.sayShutIn(ctx); err != nil {
		return err
	}
	if folder := counter.DossierCourriels(); folder != "" {
		p.say("pas de serveur de courriel : les messages sont dans %s", "no mail server: messages are in %s", folder)
	}
	if len(counter.Fictifs) > 0 {
		p.say("aucune décision ne peut partir : %s %s encore de l'exemple ; donnez les vôtres", "no decision can go out: %s %s still the example's; give your own",
			"--"+strings.Join(counter.Fictifs, ", --"), p.t("sont", "are"))
	}
	if first {
		p.say("premier administrateur, lien valable une fois : %s", "first administrator, a link good once: %s", link)
	}
	return nil
}

// serveUntil answers until ctx ends, then finishes the answers under way.
func serveUntil(ctx context.Context, s *http.Server, listener net.Listener, secure *tls.Config) error {
	s.BaseContext = func(net.Listener) context.Context { return context.WithoutCancel(ctx) }
	ended := make(chan error, 1)
	go func() {
		if s.TLSConfig = secure; secure != nil {
			ended <- s.ServeTLS(listener, "", "")
			return
		}
		ended <- s.Serve(listener)
	}()
	select {
	case err := <-ended:
		return err
	case <-ctx.Done():
	}
	stop, cancel := context.WithTimeout(context.WithoutCancel(ctx), graceful)
	defer cancel()
	if err := s.Shutdown(stop); err != nil {
		return errors.Join(err, s.Close())
	}
	return nil
}
