package main

import (
	"crypto/sha256"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"guichet/comparaison"
	"guichet/internal/carnet"
	"guichet/modele/ajustement"
	"guichet/reprise"
)

// deposited are the bytes that were sent, as far as they are found.
type deposited struct {
	octets []byte
	exact  bool // they are those that the ledger has recorded
}

// findDeposited looks for the file that was deposited: the returned one itself, where the portal has kept its
// bytes, else the file of the ledger, where it was put or below, where people move what they have sent.
func (r *retry) findDeposited(f *returned) {
	ours := f.depot.Fichier
	if ours.Nom == "" {
		return
	}
	if sent := f.retour.Depose(); sumOf(sent) == ours.SHA256 {
		f.sent = deposited{sent, true}
	} else {
		f.sent = r.lookBelow(ours)
	}
	if f.sent.octets == nil {
		return
	}
	base, err := f.retour.Sur(f.sent.octets)
	if err != nil || base.NumeroAns != ours.NumeroAns { // edited since, beyond reading or into the file of somebody else
		f.sent = deposited{}
		return
	}
	f.base, f.siret = base, base.SIRET
}

// mostLooked bounds the search of a deposited file.
const mostLooked = 20_000

func (r *retry) lookBelow(ours carnet.Depose) (found deposited) {
	looked := 0
	_ = filepath.WalkDir(filepath.Dir(ours.Chemin), func(path string, e fs.DirEntry, err error) error {
		looked++
		switch {
		case looked > mostLooked:
			return fs.SkipAll
		case err != nil && e != nil && e.IsDir():
			return fs.SkipDir
		case err != nil || !e.Type().IsRegular() || !strings.EqualFold(afterDraft(e.Name()), afterDraft(ours.Nom)):
			return nil
		}
		octets, err := os.ReadFile(path)
		if err != nil || len(octets) > r.maxBytes() {
			return nil
		}
		exact := sumOf(octets) == ours.SHA256
		if exact || path == ours.Chemin || found.octets == nil {
			found = deposited{octets, exact}
		}
		if exact {
			return fs.SkipAll
		}
		return nil
	})
	return found
}

func sumOf(octets []byte) string { return fmt.Sprintf("%x", sha256.Sum256(octets)) }

// sum is that of the returned bytes.
func (f *returned) sum() string { return sumOf(f.octets) }

// asDeposited is the file as it was deposited, as far as it can be told.
func (f *returned) asDeposited() []byte {
	if f.base != nil {
		return f.base.Depose()
	}
	return f.retour.Depose()
}

// compare lists what came back other than it was deposited, and gives each line the bytes to send again.
func (r *retry) compare(f *returned) error {
	if f.base == nil {
		if f.depot.Fichier.Nom != "" {
			f.doubt("%s n'est plus là où il a été préparé : ce retour n'est comparé qu'avec ce que le carnet en retient",
				"%s is no longer where it was prepared: this returned file is only compared with what the ledger keeps of it", f.depot.Fichier.Nom)
			r.compareRecorded(f)
		}
		return nil
	}
	differences, err := f.retour.Ecarts(f.sent.octets)
	if err != nil {
		return r.errorf("il ne peut être comparé avec %s : %w", "it cannot be compared with %s: %w", f.depot.Fichier.Nom, err)
	}
	by := map[string][]comparaison.Ecart{}
	for _, d := range differences {
		if d.Notation() {
			f.rewritten = true
			continue
		}
		by[d.Demande] = append(by[d.Demande], d)
	}
	for _, d := range by[""] {
		f.doubts = append(f.doubts, difference(d))
	}
	rules := f.base.Explications(r.options, r.langue)
	for _, l := range f.lines {
		if l.demande.NumeroEditeur != "" { // "" is the header
			l.differs = by[l.demande.NumeroEditeur]
		}
		basis := f.base.Demande(l.demande.NumeroEditeur)
		if basis == nil || !f.sent.exact && len(l.differs) > 0 {
			continue
		}
		l.basis, l.rules = basis, rules[basis.Rang]
	}
	if !f.sent.exact {
		f.remark("%s a changé depuis sa préparation : ce retour est comparé avec ce qu'il contient à présent", "%s has changed since it was prepared: this returned file is compared with what it holds now", f.depot.Fichier.Nom)
	}
	return nil
}

// compareRecorded compares with the few values that the ledger keeps of each demande.
func (r *retry) compareRecorded(f *returned) {
	read := recordedOf(f.table, f.retour.Depose())
	for i, l := range f.lines {
		s, ours := f.depot.Demandes[strings.ToUpper(l.demande.NumeroEditeur)]
		if !ours || i >= len(read) {
			continue
		}
		l.differ("numLigne", decimal(s.NumLigne), l.demande.NumLigne)
		l.differ("FINESS", strings.Join(establishments(&s), " "), strings.Join(l.demande.FINESS, " "))
		l.differ("commande.regimeTVA", s.Regime, read[i].regime)
		switch {
		case s.Montant == 0 && read[i].amount == 0: // no amount with two decimals
		case ecart("", amountOf(s.Montant), read[i].literal).Notation():
			f.rewritten = f.rewritten || amountOf(s.Montant) != read[i].literal
		default:
			l.differ("commande.montantSegurHT", amountOf(s.Montant), read[i].literal)
		}
	}
}

func (l *line) differ(tag, before, after string) {
	if before != after {
		l.differs = append(l.differs, ecart(tag, before, after))
	}
}

func ecart(tag, before, after string) comparaison.Ecart {
	return comparaison.Ecart{Balise: tag, Avant: comparaison.Valeur{Litteral: before}, Apres: comparaison.Valeur{Litteral: after}}
}

func decimal(n int) string { return strconv.Itoa(n) }

func amountOf(cents int64) string { return fmt.Sprintf("%d.%02d", cents/100, cents%100) }

// again is the demande to send again: as it was deposited, where that is known.
func (l *line) again(number string) reprise.Reprise {
	back, d := l.of.retour, l.demande
	if l.basis != nil {
		back, d = l.of.base, l.basis
	}
	if now := l.of.now[back]; now != nil {
		back, d = now, &now.Demandes[d.Rang]
	}
	return reprise.Reprise{Retour: back, Demande: d, Numero: number}
}

// rename gives what may be sent again the tags of now.
func (r *retry) rename(f *returned) error {
	if f.table == r.modele {
		return nil
	}
	f.now = map[*reprise.Retour]*reprise.Retour{}
	for _, back := range []*reprise.Retour{f.retour, f.base} {
		if back == nil || back.Coupe {
			continue
		}
		octets, err := ajustement.Traduire(back.Octets(), f.table, r.modele)
		if err == nil {
			f.now[back], err = back.Dans(r.modele, octets)
		}
		if err != nil {
			return fmt.Errorf("give %s the tags of now: %w", f.source.shown, err)
		}
	}
	return nil
}

// unverified tells whether nobody can say that these are the values that were deposited.
func (l *line) unverified() bool { return l.ours != nil && l.basis == nil }
