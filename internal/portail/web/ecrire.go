package web

import (
	"fmt"
	"strconv"
	"strings"
	"sync"
	"time"
	_ "time/tzdata" // the machine may have none

	"guichet/diag"
	"guichet/internal/portail/ecrit"
	"guichet/modele"
)

const blanc = ecrit.Insecable

// Paris is the time that people of the counter live by.
var Paris = sync.OnceValue(func() *time.Location {
	lieu, err := time.LoadLocation("Europe/Paris")
	if err != nil {
		return time.UTC
	}
	return lieu
})

// Jour is a date as people read it in French; "" for none.
func Jour(t time.Time) string { return ecrireTemps(t, "02/01/2006") }

// Date is a date as people read it, 31/01/2026 or 31 Jan 2026: in English the digits alone could be read the other way round.
func Date(t time.Time) modele.Texte {
	return modele.Texte{Fr: Jour(t), En: strings.ReplaceAll(ecrireTemps(t, "2 Jan 2006"), " ", blanc)}
}

// Heure is a time as people read it, in the time of Paris.
func Heure(t time.Time) modele.Texte {
	return modele.Texte{Fr: ecrireTemps(t, "02/01/2006 15:04"), En: strings.ReplaceAll(ecrireTemps(t, "2 Jan 2006, 15:04"), " ", blanc)}
}

// Seconde is a time to the second, as receipts say it.
func Seconde(t time.Time) modele.Texte {
	d := Date(t)
	return modele.Texte{Fr: d.Fr + ecrireTemps(t, " à 15:04:05 (heure de Paris)"), En: d.En + ecrireTemps(t, " at 15:04:05 (Paris time)")}
}

func ecrireTemps(t time.Time, forme string) string {
	if t.IsZero() {
		return ""
	}
	return t.In(Paris()).Format(forme)
}

// Montant writes cents: 1 234,56 €.
func Montant(centimes int64) modele.Texte {
	signe := ""
	if centimes < 0 {
		signe, centimes = "-", -centimes
	}
	euros, reste := strconv.FormatInt(centimes/100, 10), fmt.Sprintf("%02d", centimes%100)
	return modele.Texte{
		Fr: signe + grouper(euros, blanc) + "," + reste + blanc + "€",
		En: signe + "€" + grouper(euros, ",") + "." + reste,
	}
}

// Nombre writes a whole number: 12 345.
func Nombre(n int64) modele.Texte { return ecrit.Nombre(n) }

func grouper(chiffres, entre string) string {
	var b strings.Builder
	for i, c := range chiffres {
		if i > 0 && (len(chiffres)-i)%3 == 0 {
			b.WriteString(entre)
		}
		b.WriteRune(c)
	}
	return b.String()
}

// Taille is a number of bytes as people read it: 1,5 Mo.
func Taille(octets int64) modele.Texte {
	return modele.Texte{Fr: diag.Size(octets, modele.Francais), En: diag.Size(octets, modele.Anglais)}
}
