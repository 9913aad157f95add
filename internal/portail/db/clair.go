package db

import (
	"net/netip"
	"os"
	"slices"
	"strings"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
)

// chiffrer leaves out the ways to a server in clear that an address allows by not speaking of them: what goes over the network
// is encrypted unless whoever installs says otherwise (sslmode).
func chiffrer(c *pgx.ConnConfig, adresse string) {
	if !ditSSL(adresse) {
		c.Fallbacks = slices.DeleteFunc(c.Fallbacks, enClair)
	}
}

// EnClair tells whether what goes to a database may go over the network in clear. An address that cannot be read does not.
func EnClair(adresse string) bool {
	if !Distante(adresse) {
		return false
	}
	c, err := pgx.ParseConfig(adresse)
	if err != nil {
		return false
	}
	chiffrer(c, adresse)
	return slices.ContainsFunc(append(c.Fallbacks, &pgconn.FallbackConfig{Host: c.Host, TLSConfig: c.TLSConfig}), enClair)
}

func enClair(f *pgconn.FallbackConfig) bool { return f.TLSConfig == nil && !surPlace(f.Host) }

// surPlace tells whether a host is this machine: a socket, or an address that leaves it never.
func surPlace(hote string) bool {
	a, err := netip.ParseAddr(hote)
	return strings.HasPrefix(hote, "/") || hote == "localhost" || err == nil && a.Unmap().IsLoopback()
}

func ditSSL(adresse string) bool {
	return os.Getenv("PGSSLMODE") != "" || strings.Contains(adresse, "sslmode=")
}
