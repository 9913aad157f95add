// Package web is what the pages of the counter have in common.
package web

import (
	"context"
	"errors"
	"net/http"

	"guichet/modele"
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

// Visiteur is the person who has signed in, as the head of each page says.
type Visiteur struct {
	Nom         string
	Fournisseur string // for whom the person acts
	Role        modele.Texte
	Menu        []Lien
}

// Lien leads to another page.
type Lien struct {
	Nom     modele.Texte
	Adresse string
}

// Langue is the language that a request is answered in.
func Langue(context.Context) modele.Langue { return modele.Francais }
