package db

import (
	"context"
	"crypto/x509"
	"errors"
	"fmt"
	"net"
	"os"
	"strings"
	"syscall"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
	"modernc.org/sqlite"
	sqlite3 "modernc.org/sqlite/lib"

	"guichet/modele"
)

// Refusee says, in both languages, which database could not be opened, why, and what to do. It never has the password.
type Refusee struct {
	dit modele.Texte
	err error
}

func (e *Refusee) Error() string       { return e.dit.En }
func (e *Refusee) Unwrap() error       { return e.err }
func (e *Refusee) Texte() modele.Texte { return e.dit }

// Expliquer tells what an error says of the database at an address; nil for none, and the error itself where nothing is known of it.
func Expliquer(err error, adresse string) error {
	if err == nil || errors.As(err, new(*Refusee)) {
		return err
	}
	ou, pourquoi := fichierDe(adresse), pannesSQLite(err)
	if Distante(adresse) {
		ou, pourquoi = serveurDe(adresse), pannePostgres(err, adresse)
	}
	if pourquoi.Fr == "" {
		return err
	}
	return &Refusee{modele.Texte{Fr: ou.Fr + " : " + pourquoi.Fr, En: ou.En + ": " + pourquoi.En}, err}
}

// inconnue refuses an address of another kind of database; nil for a path or a server that is known.
func inconnue(adresse string) error {
	genre, _, ok := strings.Cut(adresse, "://")
	if !ok || Distante(adresse) {
		return nil
	}
	return &Refusee{err: errors.New("unknown kind of database"), dit: modele.Texte{
		Fr: "« " + genre + "://… » n'est pas une base que le guichet connaît : donnez à --db le chemin d'un fichier SQLite, ou postgres://compte@serveur:5432/base",
		En: "“" + genre + "://…” is no database that the counter knows: give --db the path of an SQLite file, or postgres://account@server:5432/database",
	}}
}

func fichierDe(adresse string) modele.Texte {
	return modele.Texte{Fr: "la base SQLite " + adresse, En: "the SQLite database " + adresse}
}

// serveurDe names the server, the database and the account of an address.
func serveurDe(adresse string) modele.Texte {
	c, err := pgx.ParseConfig(adresse)
	if err != nil {
		return modele.Texte{Fr: "la base PostgreSQL", En: "the PostgreSQL database"}
	}
	ou := net.JoinHostPort(c.Host, fmt.Sprint(c.Port))
	return modele.Texte{
		Fr: fmt.Sprintf("PostgreSQL à %s (base « %s », compte « %s »)", ou, c.Database, c.User),
		En: fmt.Sprintf("PostgreSQL at %s (database “%s”, account “%s”)", ou, c.Database, c.User),
	}
}

// pannesSQLite says why a file could not be opened.
func pannesSQLite(err error) modele.Texte {
	var s *sqlite.Error
	if !errors.As(err, &s) {
		return modele.Texte{}
	}
	switch s.Code() & 0xff {
	case sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_CORRUPT:
		return modele.Texte{Fr: "ce n'est pas une base SQLite, ou elle est abîmée ; vérifiez --donnees et --db, ou refaites le guichet d'une sauvegarde (guichet restore)",
			En: "this is no SQLite database, or it is damaged; check --donnees and --db, or make the counter of a backup again (guichet restore)"}
	case sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_PERM, sqlite3.SQLITE_READONLY:
		return modele.Texte{Fr: "ce fichier ne s'ouvre pas en écriture ; vérifiez que son dossier existe et que le compte du guichet y écrit",
			En: "this file cannot be opened for writing; check that its folder is there and that the counter's account may write to it"}
	case sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED:
		return modele.Texte{Fr: "un autre programme la tient ; arrêtez-le, puis recommencez", En: "another program holds it; stop that one, then start again"}
	}
	return modele.Texte{}
}

// pannePostgres says why a server could not be used, by what it answered.
func pannePostgres(err error, adresse string) modele.Texte {
	var dns *net.DNSError
	var lecture *pgconn.ParseConfigError
	var reponse *pgconn.PgError
	switch {
	case errors.As(err, &lecture):
		return modele.Texte{Fr: "l'adresse ne se lit pas ; écrivez postgres://compte@serveur:5432/base, et les caractères particuliers du mot de passe en %XX", En: "the address cannot be read; write postgres://account@server:5432/database, and special characters of the password as %XX"}
	case errors.As(err, &reponse):
		return reponsePostgres(reponse)
	case errors.As(err, &dns):
		return modele.Texte{Fr: "ce nom de serveur n'est pas connu ; corrigez --db (GUICHET_DB), ou le DNS", En: "this server name is not known; correct --db (GUICHET_DB), or the DNS"}
	case errors.Is(err, syscall.ECONNREFUSED), errors.Is(err, syscall.ENOENT):
		return modele.Texte{Fr: "aucun serveur n'y écoute ; démarrez PostgreSQL, ou corrigez --db (GUICHET_DB)", En: "no server listens there; start PostgreSQL, or correct --db (GUICHET_DB)"}
	case errors.Is(err, syscall.EHOSTUNREACH), errors.Is(err, syscall.ENETUNREACH), errors.Is(err, context.DeadlineExceeded), errors.Is(err, os.ErrDeadlineExceeded):
		return modele.Texte{Fr: "pas de réponse ; vérifiez l'adresse, le réseau et le pare-feu", En: "no answer; check the address, the network and the firewall"}
	case !ditSSL(adresse) && strings.Contains(err.Error(), "refused TLS"):
		return modele.Texte{Fr: "le serveur ne chiffre pas ; donnez-lui un certificat, ou, si le réseau n'est qu'à vous, ajoutez sslmode=disable à l'adresse", En: "the server does not encrypt; give it a certificate, or, where the network is yours alone, add sslmode=disable to the address"}
	case errors.As(err, new(x509.UnknownAuthorityError)), errors.As(err, new(x509.HostnameError)), errors.As(err, new(x509.CertificateInvalidError)):
		return modele.Texte{Fr: "son certificat n'est pas reconnu ; donnez l'autorité par sslrootcert=, et le nom qu'il porte", En: "its certificate is not recognised; give its authority by sslrootcert=, and the name that it has"}
	}
	return modele.Texte{}
}

func reponsePostgres(e *pgconn.PgError) modele.Texte {
	switch e.Code {
	case "28P01", "28000":
		return modele.Texte{Fr: "le serveur refuse ce compte ou son mot de passe ; vérifiez-les dans GUICHET_DB ou le fichier de --config, et pg_hba.conf", En: "the server refuses this account or its password; check them in GUICHET_DB or the file of --config, and pg_hba.conf"}
	case "3D000":
		return modele.Texte{Fr: "cette base n'existe pas ; créez-la (createdb), ou corrigez son nom", En: "there is no such database; create it (createdb), or correct its name"}
	case "42501":
		return modele.Texte{Fr: "ce compte n'a pas le droit de créer les tables ; donnez-lui la base (ALTER DATABASE … OWNER TO …)", En: "this account may not create the tables; give it the database (ALTER DATABASE … OWNER TO …)"}
	case "53300":
		return modele.Texte{Fr: "toutes les connexions du serveur sont prises ; réessayez, ou augmentez max_connections", En: "all connections of the server are taken; try again, or raise max_connections"}
	case "57P03":
		return modele.Texte{Fr: "le serveur démarre ou s'arrête ; réessayez dans un instant", En: "the server starts or stops; try again in a moment"}
	}
	return modele.Texte{}
}
