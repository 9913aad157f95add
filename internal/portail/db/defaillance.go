package db

import (
	"database/sql/driver"
	"errors"
	"io"
	"net"
	"strings"
	"syscall"

	"github.com/jackc/pgx/v5/pgconn"
	"modernc.org/sqlite"
	sqlite3 "modernc.org/sqlite/lib"
)

// Distante tells whether the address of a database is a server's.
func Distante(adresse string) bool {
	return strings.HasPrefix(adresse, "postgres://") || strings.HasPrefix(adresse, "postgresql://")
}

// Pleine tells whether an error is that of a full disk: of the database, or of the files beside it.
func Pleine(err error) bool {
	var p *pgconn.PgError
	var s *sqlite.Error
	switch {
	case errors.As(err, &p):
		return p.Code == "53100" // disk_full
	case errors.As(err, &s) && s.Code()&0xff == sqlite3.SQLITE_FULL:
		return true
	}
	return errors.Is(err, syscall.ENOSPC) || errors.Is(err, syscall.EDQUOT)
}

// Absente tells whether an error says that the database does not answer: its server stops, starts, or has no connection
// left. A moment later it may.
func Absente(err error) bool {
	var p *pgconn.PgError
	var connexion *pgconn.ConnectError
	var reseau *net.OpError
	switch {
	case errors.As(err, &p):
		// 08: connection exception; 57P: the server stops, has crashed, or starts; 53300: too many connections.
		return strings.HasPrefix(p.Code, "08") || strings.HasPrefix(p.Code, "57P") || p.Code == "53300"
	case errors.As(err, &connexion), errors.As(err, &reseau):
		return true
	}
	return errors.Is(err, driver.ErrBadConn) || errors.Is(err, io.ErrUnexpectedEOF) || errors.Is(err, net.ErrClosed)
}
