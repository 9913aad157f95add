package db

import (
	"context"
	"database/sql/driver"
	"fmt"
	"reflect"
	"strings"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/stdlib"
)

// A text that no person can type is kept, and looked for, in the same form in both databases: PostgreSQL refuses the character
// 0 and what is no UTF-8, where SQLite takes them. Names of files and bodies of forms hold what their sender likes.

// texteSain writes the character 0 as its picture, and U+FFFD for what is no UTF-8.
func texteSain(t string) string {
	return strings.ReplaceAll(strings.ToValidUTF8(t, "\uFFFD"), "\x00", "␀")
}

// sain does so for the texts among the values of a statement.
func sain(valeur any) any {
	switch v := valeur.(type) {
	case string:
		if propre := texteSain(v); propre != v {
			return propre
		}
		return valeur // as it came: a text that is boxed again costs as much as to read it
	case []string:
		propres := make([]string, len(v))
		for i, t := range v {
			propres[i] = texteSain(t)
		}
		return propres
	case driver.Valuer, []byte, int64, nil:
		return valeur
	}
	if r := reflect.ValueOf(valeur); r.Kind() == reflect.String {
		return texteSain(r.String())
	}
	return valeur
}

// CheckNamedValue prepares a value for SQLite.
func (c *connexion) CheckNamedValue(v *driver.NamedValue) (err error) {
	v.Value, err = driver.DefaultParameterConverter.ConvertValue(v.Value)
	v.Value = sain(v.Value)
	return err
}

// postgres opens connections to PostgreSQL that do so.
type postgres struct{ driver.Connector }

// Connect opens a connection.
func (p postgres) Connect(ctx context.Context) (driver.Conn, error) {
	c, err := p.Connector.Connect(ctx)
	if err != nil {
		return nil, err
	}
	conn, ok := c.(*stdlib.Conn)
	if !ok {
		return nil, fmt.Errorf("the connection %T is not that of pgx", c)
	}
	return &connexionPostgres{Conn: conn}, nil
}

type connexionPostgres struct {
	*stdlib.Conn
	posees  pgx.Batch // statements that wait for the next one (Poser)
	envoyee bool      // something of the transaction was sent
}

// CheckNamedValue prepares a value for PostgreSQL.
func (c *connexionPostgres) CheckNamedValue(v *driver.NamedValue) error {
	v.Value = sain(v.Value)
	return c.Conn.CheckNamedValue(v)
}
