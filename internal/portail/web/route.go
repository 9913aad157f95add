// Package web is what the pages of the counter have in common.
package web

import (
	"errors"
	"net/http"
)

// Acces is who may see a page.
type Acces uint8

// The accesses.
const (
	Public Acces = iota
	Connecte
	Lecteur
	Deposant
	Proprietaire
	Administrateur
)

// Handler answers a request; an error becomes a page.
type Handler func(w http.ResponseWriter, r *http.Request) error

// Route is one page.
type Route struct {
	Motif  string
	Acces  Acces
	Servir Handler
}

// The errors that have a page of their own.
var (
	Introuvable = errors.New("not found")
	Interdit    = errors.New("forbidden")
)
