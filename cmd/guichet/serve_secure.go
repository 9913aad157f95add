package main

import (
	"crypto/tls"
	"errors"
	"net/url"
	"path/filepath"
	"strings"

	"guichet/internal/portail"
	"guichet/internal/portail/certificat"
	"guichet/internal/portail/reglages"
)

// authority is who the settings have certificates asked of.
func authority(r reglages.Reglages) certificat.ACME {
	a := certificat.ACME{
		Annuaire: r.Texte("acme"), Racine: r.Texte("acme-racine"), Courriel: r.Texte("acme-courriel"), Dossier: filepath.Join(r.Texte("donnees"), "acme"),
	}
	if u, err := url.Parse(r.Texte("url")); err == nil && u.Scheme == "https" && (u.Port() == "" || u.Port() == "443") {
		a.Nom = strings.ToLower(u.Hostname())
	}
	return a
}

// secure is what the counter needs to speak HTTPS by itself, nil when it speaks HTTP.
func (p *program) secure(config portail.Config) (*tls.Config, error) {
	f := config.Certificat
	switch {
	case config.ACME.Donne() && f.Donnes():
		return nil, p.errorf("--acme demande un certificat à une autorité, --tls-certificat et --tls-cle en donnent un : choisissez l'un ou l'autre",
			"--acme asks an authority for a certificate, --tls-certificat and --tls-cle give one: choose one or the other")
	case config.ACME.Donne():
		return p.secureACME(config)
	case !f.Donnes():
		return nil, nil
	case f.Certificat == "" || f.Cle == "":
		return nil, p.errorf("--tls-certificat et --tls-cle vont ensemble : donnez les deux fichiers, ou aucun", "--tls-certificat and --tls-cle go together: give both files, or neither")
	}
	secure, err := f.Ouvrir(config.Log, p.now)
	if err != nil {
		return nil, p.errorf("le certificat %s et sa clé %s ne peuvent servir : %s ; attendus : deux fichiers PEM qui vont ensemble",
			"the certificate %s and its key %s cannot serve: %s; expected: two PEM files that go together", shown(f.Certificat), shown(f.Cle), p.cause(err))
	}
	return secure, nil
}

func (p *program) secureACME(config portail.Config) (*tls.Config, error) {
	secure, err := config.ACME.Ouvrir(config.Log, p.now)
	if errors.Is(err, certificat.ErrNom) {
		return nil, p.errorf("--acme : l'autorité ne donne de certificat qu'à un nom public, qu'elle joint sur le port 443 ; trouvé : %s ; attendu : --url https://guichet.votre-domaine.fr, sans port",
			"--acme: the authority gives certificates to public names only, which it reaches on port 443; found: %s; expected: --url https://counter.your-domain.example, without a port", p.shownURL(config.Adresse))
	}
	if err != nil {
		return nil, p.errorf("--acme ne peut servir : %s ; attendus : un dossier %s où écrire, et pour --acme-racine (%s) un fichier PEM",
			"--acme cannot serve: %s; expected: a folder %s to write in, and for --acme-racine (%s) a PEM file", p.cause(err), shown(config.ACME.Dossier), shown(config.ACME.Racine))
	}
	return secure, nil
}

func (p *program) shownURL(address string) string {
	if address == "" {
		return p.t("pas de --url", "no --url")
	}
	return shown(address)
}
