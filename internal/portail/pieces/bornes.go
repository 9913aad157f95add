package pieces

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"sync"
	"time"

	"guichet/internal/portail/compte"
	"guichet/modele"
)

// What one supplier may leave with the counter.
const (
	maxEnAttente   = 500     // archives and documents that wait for their examination
	maxOctets      = 4 << 30 // of the archives of one deposit: several times what the documents of 200 demandes weigh
	maxVersions    = 20      // of one document
	maxAuTravail   = 3       // examinations at once: of four, one is left for others
	codeVersions   = "P994"
	maxARelacher   = 10_000
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

// borner refuses what goes beyond. What was examined, or refused, no longer counts.
func (s *Service) borner(ctx context.Context, q compte.LecteurSQL, a *Archive) error {
	var attendent int
	err := q.QueryRowContext(ctx, `SELECT count(*) FROM archive WHERE fournisseur_id = $1 AND etat = 'recue'`, a.Fournisseur).Scan(&attendent)
	if err != nil {
		return fmt.Errorf("count what waits to be examined: %w", err)
	}
	if attendent >= maxEnAttente {
		return tropEnAttente
	}
	var octets sql.NullInt64
	err = q.QueryRowContext(ctx, `SELECT CAST(SUM(taille) AS BIGINT) FROM archive WHERE depot_id = $1 AND etat <> 'refusee'`, a.Depot).Scan(&octets)
	if err != nil {
		return fmt.Errorf("weigh what a deposit has: %w", err)
	}
	if octets.Int64+a.Taille > maxOctets {
		return tropDOctets
	}
	return nil
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

// aLiberer is the archives that were refused, whose bytes nobody reads again.
type aLiberer struct {
	mu sync.Mutex
	en []liberable
}

type liberable struct {
	sha    string
	depuis time.Time
}

func (l *aLiberer) ajouter(sha string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if sha != "" && len(l.en) < maxARelacher { // others are left to the daily sweep
		l.en = append(l.en, liberable{sha: sha, depuis: time.Now()})
	}
}

// prendre takes those that were added before an instant.
func (l *aLiberer) prendre(avant time.Time) (pris []string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.en = slices.DeleteFunc(l.en, func(x liberable) bool {
		if !x.depuis.Before(avant) {
			return false
		}
		pris = append(pris, x.sha)
		return true
	})
	return pris
}

// Liberer gives the room of archives back that were refused before an instant, by the clock of the files. It is a moment ago:
// bytes that come again may be about to be referred to, and are left to the daily sweep.
func (s *Service) Liberer(ctx context.Context, avant time.Time) (err error) {
	utilise := s.Utilise
	if utilise == nil {
		utilise = s.Reference
	}
	for _, sha := range s.refusees.prendre(avant) {
		err = errors.Join(err, s.Fichiers.Liberer(ctx, sha, utilise, avant))
	}
	return err
}
