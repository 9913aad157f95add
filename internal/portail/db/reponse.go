package db

import (
	"cmp"
	"database/sql/driver"
	"errors"
	"fmt"
	"io"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgtype"
)

// reponse is what PostgreSQL answers to the last statement of a message.
type reponse struct {
	pgx.Rows
	types    *pgtype.Map
	envoi    pgx.BatchResults
	premiere bool // the first row is read ahead: an error shows at the question, as elsewhere
	encore   bool
}

// lireReponse begins to read the answer.
func lireReponse(types *pgtype.Map, envoi pgx.BatchResults) (driver.Rows, error) {
	lignes, err := envoi.Query()
	if err != nil {
		return nil, errors.Join(err, autre(envoi.Close(), err))
	}
	r := &reponse{Rows: lignes, types: types, envoi: envoi, premiere: true}
	if r.encore = lignes.Next(); lignes.Err() != nil {
		return nil, r.Close()
	}
	return r, nil
}

// Columns names the columns.
func (r *reponse) Columns() []string {
	champs := r.FieldDescriptions()
	noms := make([]string, len(champs))
	for i, c := range champs {
		noms[i] = c.Name
	}
	return noms
}

// Close leaves the rest of the answer unread.
func (r *reponse) Close() error {
	r.Rows.Close()
	err := r.Err()
	return errors.Join(err, autre(r.envoi.Close(), err))
}

// Next reads a row.
func (r *reponse) Next(valeurs []driver.Value) (err error) {
	encore := r.encore
	if !r.premiere {
		encore = r.Rows.Next()
	}
	r.premiere = false
	if !encore {
		return cmp.Or(r.Err(), io.EOF)
	}
	for i, brute := range r.RawValues() {
		if valeurs[i], err = r.valeur(i, brute); err != nil {
			return fmt.Errorf("read column %d: %w", i+1, err)
		}
	}
	return nil
}

func (r *reponse) valeur(i int, brute []byte) (driver.Value, error) {
	c := r.FieldDescriptions()[i]
	t, ok := r.types.TypeForOID(c.DataTypeOID)
	switch {
	case brute == nil:
		return nil, nil
	case !ok:
		return string(brute), nil
	}
	if _, tableau := t.Codec.(*pgtype.ArrayCodec); tableau && c.Format == pgtype.BinaryFormatCode { // database/sql has them as text
		liste, err := t.Codec.DecodeValue(r.types, c.DataTypeOID, c.Format, brute)
		if err != nil {
			return nil, err
		}
		return r.types.Encode(c.DataTypeOID, pgtype.TextFormatCode, liste, nil)
	}
	return t.Codec.DecodeDatabaseSQLValue(r.types, c.DataTypeOID, c.Format, brute)
}
