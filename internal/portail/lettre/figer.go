package lettre

import (
	"bytes"
	"compress/flate"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"
	"sync"
	"time"

	"guichet/internal/portail/db"
	"guichet/internal/portail/decision"
	"guichet/internal/portail/etat"
	"guichet/internal/portail/web"
	"guichet/modele"
)

// Source is what a letter is made of in one language.
type Source struct {
	Version
	Texte string // the model's, or the one that somebody has written for this demande
	Retouche
}

// Retouche tells who has written another text for one letter, and when.
type Retouche struct {
	Par int64 // 0 for nobody
	Qui string
	Le  time.Time
}

// Version names the models and settings that letters are made of now: each saving adds to them.
func (s *Service) Version(ctx context.Context, q db.Lecteur) (string, error) {
	var modeles, edition int64
	err := q.QueryRowContext(ctx, `SELECT (SELECT COUNT(*) FROM lettre_modele), (SELECT COALESCE(MAX(edition), 0) FROM lettre_reglage)`).Scan(&modeles, &edition)
	if err != nil {
		return "", fmt.Errorf("read of which models letters are made: %w", err)
	}
	return fmt.Sprintf("%d.%d", modeles, edition), nil
}

// cleLue names what the letters of one transaction are made of: a batch writes many.
type cleLue string

// sources are the texts of the letter of a kind for a demande, by language.
func (s *Service) sources(ctx context.Context, q db.Lecteur, c etat.Cle, g Genre) (map[string]Source, error) {
	toutes, err := s.modeles(ctx, q, g)
	if err != nil {
		return nil, err
	}
	return toutes, s.retoucher(ctx, q, c, g, toutes)
}

// modeles are the texts of the letter of a kind as its models have them.
func (s *Service) modeles(ctx context.Context, q db.Lecteur, g Genre) (map[string]Source, error) {
	modeles, err := db.UneFois(ctx, cleLue("modeles "+string(g)), func() (map[string]Version, error) { return s.courants(ctx, q, g) })
	if err != nil {
		return nil, err
	}
	toutes := map[string]Source{}
	for l, v := range modeles {
		toutes[l] = Source{Version: v, Texte: v.Texte}
	}
	return toutes, nil
}

// retoucher puts the texts that somebody has written for a demande in the place of the models'.
func (s *Service) retoucher(ctx context.Context, q db.Lecteur, c etat.Cle, g Genre, toutes map[string]Source) error {
	type ecrite struct {
		langue, texte string
		Retouche
	}
	ecrites, err := db.Lignes(ctx, q, func(l db.Ligne, x *ecrite) error {
		var instant int64
		err := l.Scan(&x.langue, &x.texte, &x.Par, &x.Qui, &instant)
		x.Le = db.Temps(instant)
		return err
	}, `SELECT t.langue, t.texte, t.compte_id, COALESCE(c.nom, ''), t.instant FROM lettre_texte t LEFT JOIN compte c ON c.id = t.compte_id WHERE t.depot_id = $1 AND t.rang = $2 AND t.genre = $3`,
		c.Depot, c.Rang, string(g))
	if err != nil {
		return fmt.Errorf("read the text of a letter: %w", err)
	}
	for _, x := range ecrites {
		source := toutes[x.langue]
		source.Texte, source.Retouche = x.texte, x.Retouche
		toutes[x.langue] = source
	}
	return nil
}

// faits reads what the letter of a decision is filled with.
func (s *Service) faits(ctx context.Context, q db.Lecteur, d *decision.Decision, auteur int64) (*Faits, error) {
	motifs, err := decision.LireCatalogue(ctx, q)
	if err != nil {
		return nil, err
	}
	f := &Faits{
		NumeroASP: s.NumeroASP(d.Depot, d.Rang), Accorde: d.Montant, Motifs: motifs.Dites(d.Motifs), Texte: d.Texte, Reference: d.Reference(),
		Agence: s.Agence, Recours: s.Recours,
	}
	var recu int64
	err = q.QueryRowContext(ctx, `SELECT d.numero, d.montant, d.esms, p.recu, f.raison_sociale, f.siret,
		EXISTS (SELECT 1 FROM lettre_texte t WHERE t.depot_id = d.depot_id AND t.rang = d.rang) FROM demande d JOIN depot p ON p.id = d.depot_id JOIN fournisseur f ON f.id = d.fournisseur_id
		WHERE d.fournisseur_id = $1 AND d.depot_id = $2 AND d.rang = $3`, d.Fournisseur, d.Depot, d.Rang).Scan(&f.NumeroEditeur, &f.Demande, &f.ESMS, &recu, &f.Fournisseur, &f.SIRET, &f.retouche)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, ErrInconnue
	}
	if err == nil && auteur > 0 {
		f.Auteur, err = db.UneFois(ctx, cleLue("auteur "+strconv.FormatInt(auteur, 10)), func() (nom string, err error) {
			err = q.QueryRowContext(ctx, `SELECT nom FROM compte WHERE id = $1`, auteur).Scan(&nom)
			return nom, err
		})
	}
	if err != nil {
		return nil, fmt.Errorf("read what a letter is filled with: %w", err)
	}
	f.Recu = db.Temps(recu)
	if f.Reference != "" {
		f.Date = d.Decide
	}
	dits, err := db.UneFois(ctx, cleLue("reglages"), func() (*Dits, error) { return s.reglages(ctx, q, maintenant) })
	if err != nil {
		return nil, err
	}
	f.Reglages, f.Edition, f.Qualite = dits.Textes, dits.Edition, dits.Textes[nomQualite(auteur)]
	return f, s.faitsRetrait(ctx, q, d, f)
}

// faitsRetrait reads which award a letter is on, and how its supplier was heard.
func (s *Service) faitsRetrait(ctx context.Context, q db.Lecteur, d *decision.Decision, f *Faits) (err error) {
	if d.Sens == decision.Attribution || d.Sens == decision.Rejet {
		return nil
	}
	var x decision.Decision
	var decide int64
	err = q.QueryRowContext(ctx, `SELECT sens, annee, numero, decide FROM decision WHERE depot_id = $1 AND rang = $2 AND etat = 'notifiee' ORDER BY id DESC LIMIT 1`, d.Depot, d.Rang).
		Scan(&x.Sens, &x.Annee, &x.Numero, &decide)
	switch {
	case errors.Is(err, sql.ErrNoRows):
	case err != nil:
		return fmt.Errorf("read an award: %w", err)
	case x.Sens == decision.Attribution:
		j := web.Date(db.Temps(decide))
		f.Retiree = modele.Texte{Fr: x.Reference() + " du " + j.Fr, En: x.Reference() + " of " + j.En}
	}
	if d.Sens != decision.Retrait || s.Entendu == nil {
		return nil
	}
	f.Entendu, err = s.Entendu(ctx, q, d.Cle)
	return err
}

// Lettre is the letter of a decision in one language.
type Lettre struct {
	*Rendue
	Langue string
	Source
	Edition int64   // of what the agency says in it
	Fautes  []Faute // of its text
}

// Projet is the letter of a decision that auteur would take, in each language: what is missing stands in brackets.
func (s *Service) Projet(ctx context.Context, q db.Lecteur, d *decision.Decision, auteur int64) (lettres []Lettre, err error) {
	f, err := s.faits(ctx, q, d, auteur)
	if err != nil {
		return nil, err
	}
	sources, err := s.modeles(ctx, q, Genre(d.Sens))
	if err == nil && f.retouche {
		err = s.retoucher(ctx, q, d.Cle, Genre(d.Sens), sources)
	}
	if err != nil {
		return nil, err
	}
	return s.ecrire(sources, f, func(l modele.Langue) string { return titre(d, l) })
}

// ecrire fills the letter of each language in, at the same time: it asks the database for nothing.
func (s *Service) ecrire(sources map[string]Source, f *Faits, titre func(modele.Langue) string) ([]Lettre, error) {
	lettres, echecs := make([]Lettre, len(langues)), make([]error, len(langues))
	var toutes sync.WaitGroup
	for i, l := range langues {
		toutes.Go(func() {
			x := Lettre{Langue: l.Mot, Source: sources[l.Mot], Edition: f.Edition}
			x.Fautes = s.fautes(x.Source)
			x.Rendue, echecs[i] = s.gabarit(x.Source, l.Langue).rendre(f, titre(l.Langue), l.Langue)
			lettres[i] = x
		})
	}
	toutes.Wait()
	return lettres, errors.Join(echecs...)
}

// cleVersion names a version of a model.
type cleVersion struct {
	genre  Genre
	langue string
	numero int64
}

// fautes are what is wrong with the text of a letter. A batch makes thousands of one version: it is looked at once.
func (s *Service) fautes(x Source) []Faute {
	if x.Par != 0 {
		return Analyser(x.Genre, x.Texte)
	}
	cle := cleVersion{x.Genre, x.Langue, x.Numero}
	if vues, ok := s.analyses.Load(cle); ok {
		return vues.([]Faute)
	}
	fautes := Analyser(x.Genre, x.Texte)
	s.analyses.Store(cle, fautes)
	return fautes
}

// gabarit is the text of a letter, ready to be filled in: of a version of a model it is made once.
func (s *Service) gabarit(x Source, l modele.Langue) gabarit {
	if x.Par != 0 {
		return decouper(x.Texte, l)
	}
	cle := cleVersion{x.Genre, x.Langue, x.Numero}
	if g, ok := s.gabarits.Load(cle); ok {
		return g.(gabarit)
	}
	g := decouper(x.Texte, l)
	s.gabarits.Store(cle, g)
	return g
}

// titre is what the letter of a decision is called.
func titre(d *decision.Decision, l modele.Langue) string {
	return strings.TrimSpace(Genre(d.Sens).Nom().In(l) + " " + d.Reference())
}

// Sceau names the letters of a project together: who decides has read these, or others.
func Sceau(lettres []Lettre) string {
	var empreintes []string
	for _, l := range lettres {
		empreintes = append(empreintes, l.Empreinte)
	}
	return strings.Join(empreintes, ".")
}

// Figer keeps the letter of a decision that has just been taken, in its transaction. lu names the project that was read ("" for none):
// if that would be another one now, nothing is decided. Nor is it when the law wants something that the letter does not say.
func (s *Service) Figer(ctx context.Context, tx *sql.Tx, d *decision.Decision, lu string) error {
	if lu != "" {
		avant := *d
		avant.Numero = 0
		projet, err := s.Projet(ctx, tx, &avant, d.DecidePar)
		if err != nil {
			return err
		}
		if Sceau(projet) != lu {
			return decision.Refuser("La lettre a changé depuis que vous l'avez lue : relisez-la, puis décidez. Rien n'est fait.", "The letter has changed since you read it: read it again, then decide. Nothing is done.")
		}
	}
	lettres, err := s.Projet(ctx, tx, d, d.DecidePar)
	if err != nil {
		return err
	}
	for _, l := range lettres {
		if err := l.complete(); err != nil {
			return err
		}
		if err := db.Differer(ctx, tx, aGarder{d.ID, l, s.serrer(l.HTML)}, garder); err != nil {
			return err
		}
	}
	return nil
}

// aGarder is a letter that is kept when its transaction ends.
type aGarder struct {
	decision int64
	Lettre
	serree <-chan serree // its bytes
}

func garder(ctx context.Context, tx *sql.Tx, lettres []aGarder) error {
	for _, l := range lettres {
		x := <-l.serree
		err := x.err
		if err == nil {
			err = db.Poser(ctx, tx, `INSERT INTO lettre_figee (decision_id, langue, version, retouchee, html, empreinte, edition) VALUES ($1, $2, $3, $4, $5, $6, $7)`,
				l.decision, l.Langue, l.Numero, min(l.Par, 1), x.octets, l.Empreinte, l.Edition)
		}
		if err != nil {
			return fmt.Errorf("keep a letter: %w", err)
		}
	}
	return nil
}

// complete refuses a letter that lacks something, and says what to fill in where.
func (l *Lettre) complete() error {
	if len(l.Fautes) > 0 {
		t := l.Fautes[0].Dire()
		return decision.Refuser("La lettre ne peut pas partir. "+t.Fr+" Corrigez son texte ; rien n'est décidé.", "The letter cannot go out. "+t.En+" Mend its text; nothing is decided.")
	}
	if len(l.Manquent) == 0 {
		return nil
	}
	var fr, en []string
	for _, c := range l.Manquent {
		ou := c.Ou
		if ou == (modele.Texte{}) {
			ou = c.Quoi
		}
		fr, en = append(fr, c.Quoi.Fr+" (à remplir : "+ou.Fr+")"), append(en, c.Quoi.En+" (to be filled in: "+ou.En+")")
	}
	return decision.Refuser("La lettre ne peut pas partir : il y manque "+strings.Join(fr, " ; ")+". Rien n'est décidé.",
		"The letter cannot go out: it lacks "+strings.Join(en, "; ")+". Nothing is decided.")
}

// serree is the compressed bytes of a letter.
type serree struct {
	octets []byte
	err    error
}

// serrer compresses the bytes of a letter while its transaction goes on.
func (s *Service) serrer(octets []byte) <-chan serree {
	c := make(chan serree, 1)
	go func() {
		var x serree
		x.octets, x.err = s.compresser(octets)
		c <- x
	}()
	return c
}

// compresser compresses the bytes of a letter, desserrer gives them back.
func (s *Service) compresser(octets []byte) ([]byte, error) {
	var b bytes.Buffer
	w, ok := s.compresseurs.Get().(*flate.Writer)
	if ok {
		w.Reset(&b)
	} else {
		var err error
		if w, err = flate.NewWriter(&b, flate.BestSpeed); err != nil {
			return nil, fmt.Errorf("compress a letter: %w", err)
		}
	}
	defer s.compresseurs.Put(w)
	_, err := w.Write(octets)
	if err = errors.Join(err, w.Close()); err != nil {
		return nil, fmt.Errorf("compress a letter: %w", err)
	}
	return b.Bytes(), nil
}

// maxLettre bounds the bytes of a letter.
const maxLettre = 4 << 20

func desserrer(serre []byte) ([]byte, error) {
	octets, err := io.ReadAll(io.LimitReader(flate.NewReader(bytes.NewReader(serre)), maxLettre))
	if err != nil {
		return nil, fmt.Errorf("read a letter: %w", err)
	}
	return octets, nil
}
