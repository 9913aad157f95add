package pieces

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"sync"

	"guichet/internal/portail/compte"
	"guichet/internal/portail/quota"
	"guichet/modele"
)

// What one supplier may leave with the counter.
const (
	maxEnAttente   = 500     // archives and documents that wait for their examination
	maxOctets      = 4 << 30 // of the archives and documents of one deposit: several times what those of 200 demandes weigh
	maxVersions    = 20      // of one document
	maxAuTravail   = 3       // examinations at once: of four, one is left for others
	codeVersions   = "P994"
	codePoids      = "P995"
	maxALiberer    = 10_000
	gigaoctetsDits = maxOctets >> 30
)

var tropEnAttente = Refuse{modele.Texte{
	Fr: strconv.Itoa(maxEnAttente) + " archives ou pièces de votre entreprise attendent déjà d'être examinées : rien n'est gardé de celle-ci. Attendez que la page d'un dépôt montre des examens terminés (quelques minutes), puis envoyez-la à nouveau.",
	En: strconv.Itoa(maxEnAttente) + " archives or documents of your company wait to be examined already: nothing of this one is kept. Wait until the page of a deposit shows examinations that are done (a few minutes), then send it again.",
}}

var tropDOctets = Refuse{modele.Texte{
	Fr: "Les archives et pièces de ce dépôt pèsent déjà " + strconv.Itoa(gigaoctetsDits) + " Go, ce qu'un dépôt peut garder : rien n'est gardé de celle-ci. N'envoyez que ce qui manque, pièce par pièce, en moins lourd ; sinon, écrivez à l'agence depuis « Messages ».",
	En: "The archives and documents of this deposit weigh " + strconv.Itoa(gigaoctetsDits) + " GB already, which is what a deposit may keep: nothing of this one is kept. Send only what is lacking, document by document, and lighter; else write to the agency from “Messages”.",
}}

var tropDeVersions = modele.Texte{
	Fr: "cette pièce a déjà été envoyée " + strconv.Itoa(maxVersions) + " fois : la dernière est gardée, celle-ci non. Écrivez à l'agence depuis « Messages » pour la remplacer encore.",
	En: "this document was sent " + strconv.Itoa(maxVersions) + " times already: the last one is kept, this one is not. Write to the agency from “Messages” to replace it again.",
}

var tropLourdes = modele.Texte{
	Fr: "les archives et pièces de ce dépôt pèsent déjà " + strconv.Itoa(gigaoctetsDits) + " Go, ce qu'un dépôt peut garder : celle-ci n'est pas gardée. Écrivez à l'agence depuis « Messages ».",
	En: "the archives and documents of this deposit weigh " + strconv.Itoa(gigaoctetsDits) + " GB already, which is what a deposit may keep: this one is not kept. Write to the agency from “Messages”.",
}

// borner refuses what goes beyond, less what gives way to it. What was examined, or refused, no longer counts.
func (s *Service) borner(ctx context.Context, q compte.LecteurSQL, a *Archive, r rendu) error {
	var attendent int
	err := q.QueryRowContext(ctx, `SELECT count(*) FROM archive WHERE fournisseur_id = $1 AND etat = 'recue'`, a.Fournisseur).Scan(&attendent)
	if err != nil {
		return fmt.Errorf("count what waits to be examined: %w", err)
	}
	if attendent >= maxEnAttente {
		return tropEnAttente
	}
	reste, err := quota.Reste(ctx, q, a.Fournisseur, s.Maintenant())
	switch {
	case err != nil:
		return err
	case max(a.Taille, 1)-r.duJour(s.Maintenant()) > reste:
		return Refuse{quota.Texte}
	}
	octets, err := poids(ctx, q, a.Depot)
	if err == nil && octets+a.Taille-r.octets() > s.Octets {
		err = tropDOctets
	}
	return err
}

// poids is how many bytes of archives and documents a deposit keeps. A document sent by itself is its own archive.
func poids(ctx context.Context, q compte.LecteurSQL, depot int64) (octets int64, err error) {
	err = q.QueryRowContext(ctx, `SELECT CAST(COALESCE((SELECT SUM(taille) FROM archive WHERE depot_id = $1 AND libere = 0), 0)
		+ COALESCE((SELECT SUM(p.taille) FROM piece p JOIN archive a ON a.id = p.archive_id
			WHERE p.depot_id = $1 AND p.libere = 0 AND p.sha256 <> '' AND p.sha256 <> a.sha256), 0) AS BIGINT)`, depot).Scan(&octets)
	if err != nil {
		return 0, fmt.Errorf("weigh what a deposit keeps: %w", err)
	}
	return octets, nil
}

// ErrTour says that a supplier's examinations have all the places that they may have: the archive waits.
var ErrTour = errors.New("it is others' turn")

// auTravail counts the examinations under way of each supplier, so that nobody's hundred archives keep others waiting.
type auTravail struct {
	mu sync.Mutex
	de map[int64]int
}

// entrer takes a place for a supplier, which the function gives back; ErrTour when they have theirs.
func (t *auTravail) entrer(fournisseur int64) (rendre func(), err error) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.de == nil {
		t.de = map[int64]int{}
	}
	if t.de[fournisseur] >= maxAuTravail {
		return nil, ErrTour
	}
	t.de[fournisseur]++
	return func() {
		t.mu.Lock()
		defer t.mu.Unlock()
		if t.de[fournisseur]--; t.de[fournisseur] == 0 {
			delete(t.de, fournisseur)
		}
	}, nil
}
