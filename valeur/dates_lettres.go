package valeur

import (
	"strconv"
	"strings"
	"time"
)

// lettres reads a date whose month is a word.
func (e *Ecrite) lettres(t string) {
	m := dateEnLettres.FindStringSubmatch(t)
	if m == nil {
		if a := dateAnglaise.FindStringSubmatch(t); a != nil {
			m = []string{"", a[1], a[3], a[2], a[4]}
			e.MoisDabord = true
		}
	}
	if m == nil || moisNommes[m[3]] == 0 {
		return
	}
	jour, mois := m[2], moisNommes[m[3]]
	n, _ := strconv.Atoi(jour)
	if len(m[4]) == 4 {
		e.lire(ToutOrdre, annee(m[4]), mois, n)
	} else {
		e.Courte = true
		e.lire(JourMois|MoisJour, annee(m[4]), mois, n)
		n, _ = strconv.Atoi(m[4])
		if len(jour) == 2 {
			e.lire(AnneeMois, annee(jour), mois, n)
		}
	}
	if m[1] != "" {
		e.semaine(m[1])
	}
}

// semaine takes away the readings that are not the day of the week that is written.
func (e *Ecrite) semaine(nom string) {
	for i := range e.jours {
		if jour, connu := joursNommes[nom]; !connu || e.jours[i].Weekday() != jour {
			e.Ordres &^= 1 << i
		}
	}
}

var moisNommes = func() map[string]int {
	noms := map[string]int{}
	for i, mois := range []string{
		"janvier janv jan january", "fevrier fevr fev february feb", "mars mar march", "avril avr april apr", "mai may", "juin june jun",
		"juillet juil july jul", "aout aou august aug", "septembre sept sep september", "octobre oct october", "novembre nov november",
		"decembre dec december",
	} {
		for _, nom := range strings.Fields(mois) {
			noms[nom] = i + 1
		}
	}
	return noms
}()

var joursNommes = func() map[string]time.Weekday {
	noms := map[string]time.Weekday{}
	for i, jour := range []string{
		"dimanche dim sunday sun", "lundi lun monday mon", "mardi mar tuesday tue", "mercredi mer wednesday wed", "jeudi jeu thursday thu",
		"vendredi ven friday fri", "samedi sam saturday sat",
	} {
		for _, nom := range strings.Fields(jour) {
			noms[nom] = time.Weekday(i)
		}
	}
	return noms
}()
