package instruction

import (
	"net/http"

	"guichet/internal/portail/compte"
	"guichet/internal/portail/web"
	"guichet/modele"
)

// Touche is a key and what it does.
type Touche struct {
	Touche string
	Nom    modele.Texte
}

// touches lists the keys of the work by where they act. web/statique/touches.js does what they say.
var touches = []struct {
	Nom     modele.Texte
	Touches []Touche
}{
	{modele.Texte{Fr: "Partout", En: "Everywhere"}, []Touche{
		{"?", modele.Texte{Fr: "Cette page", En: "This page"}},
		{"j", modele.Texte{Fr: "Ligne ou point suivant", En: "Next row or point"}},
		{"k", modele.Texte{Fr: "Ligne ou point précédent", En: "Row or point before"}},
		{"[", modele.Texte{Fr: "Page ou demande précédente", En: "Page or request before"}},
		{"]", modele.Texte{Fr: "Page ou demande suivante", En: "Next page or request"}},
		{"Ctrl+Entrée", modele.Texte{Fr: "Envoyer le formulaire où l'on est, par son bouton principal", En: "Send the form that one is in, by its main button"}},
		{"Échap", modele.Texte{Fr: "Fermer le panneau, ou sortir du champ", En: "Close the panel, or leave the field"}},
	}},
	{modele.Texte{Fr: "Dans la file", En: "In the queue"}, []Touche{
		{"s", modele.Texte{Fr: "Prendre la suivante", En: "Take the next one"}},
		{"o", modele.Texte{Fr: "Ouvrir la demande de la ligne (ou Entrée)", En: "Open the request of the row (or Enter)"}},
		{"/", modele.Texte{Fr: "Chercher : filtrer et trier", En: "Search: filter and sort"}},
	}},
	{modele.Texte{Fr: "Dans une demande", En: "In a request"}, []Touche{
		{"e", modele.Texte{Fr: "La prendre", En: "Take it"}},
		{"1", modele.Texte{Fr: "Oui au point où l'on est, puis le suivant", En: "Yes to the point, then the next one"}},
		{"2", modele.Texte{Fr: "Non, puis le suivant", En: "No, then the next one"}},
		{"3", modele.Texte{Fr: "Sans objet, puis le suivant", En: "Not applicable, then the next one"}},
		{"a", modele.Texte{Fr: "Oui au reste", En: "Yes to the rest"}},
		{"d", modele.Texte{Fr: "Document suivant", En: "Next document"}},
		{"w", modele.Texte{Fr: "Document dans une fenêtre", En: "Document in a window"}},
		{"+", modele.Texte{Fr: "Agrandir l'image", En: "Larger image"}},
		{"-", modele.Texte{Fr: "Réduire l'image", En: "Smaller image"}},
		{"t", modele.Texte{Fr: "Tourner l'image", En: "Turn the image"}},
		{"v", modele.Texte{Fr: "Aller à l'attribution, ou à la décision", En: "Go to the award, or to the decision"}},
		{"m", modele.Texte{Fr: "Ouvrir la demande de modification", En: "Open what is asked to be changed"}},
		{"r", modele.Texte{Fr: "Ouvrir le refus, ou le renvoi", En: "Open the refusal, or the sending back"}},
		{"h", modele.Texte{Fr: "Ouvrir la mise en attente", En: "Open what puts it aside"}},
		{"c", modele.Texte{Fr: "Aller aux avis : en demander, les lire", En: "Go to the opinions: ask for one, read them"}},
		{"n", modele.Texte{Fr: "Écrire une note", En: "Write a note"}},
	}},
}

// TitreTouches names the page that lists the keys.
var TitreTouches = modele.Texte{Fr: "Touches du clavier", En: "Keys of the keyboard"}

// pageTouches is what touches.html shows.
type pageTouches struct {
	web.Page
	Actives bool
}

func (*pageTouches) Parties() any { return touches }

func (s *Service) montrerTouches(w http.ResponseWriter, r *http.Request) error {
	i, _ := compte.De(r.Context())
	return gabarits().Montrer(w, r, "touches.html", &pageTouches{web.NouvellePage(r, TitreTouches, filTravail), i.Touches})
}
