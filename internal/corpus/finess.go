package corpus

import (
	"bytes"
	"fmt"
	"math/rand/v2"

	"golang.org/x/text/encoding/charmap"
)

// Extrait describes a fictitious extract of the FINESS register, department 99.
type Extrait struct {
	Etablissements int // at most 500,000
	ParOG          int // établissements of each OG; 0 for one
	Latin1         bool
	Graine         uint64
}

// categories are what an établissement can be: category, its label, aggregate, its label.
var categories = []string{
	"500;Etablissement d'hébergement pour personnes âgées dépendantes;4401;Hébergement pour personnes âgées",
	"255;Maison d'accueil spécialisée (M.A.S.);4301;Hébergement pour adultes handicapés",
	"354;Service de soins infirmiers à domicile (S.S.I.A.D);4605;Services de maintien à domicile",
	"183;Institut médico-éducatif (I.M.E.);4101;Enfance et jeunesse handicapée",
}

// Octets makes the bytes of the extract, as it is published. The numbers are those of Fichier: the
// établissements of Forme{OGs: 1, ESMS: n} belong to their OGs in an Extrait{ParOG: n}.
func (e Extrait) Octets() []byte {
	r := rand.New(rand.NewPCG(e.Graine, 2))
	var b bytes.Buffer
	b.WriteString("finess;etalab;98;2024-01-10\n")
	for i := range e.Etablissements {
		ouverture := fmt.Sprintf("%d-%02d-%02d", 1980+r.IntN(40), 1+r.IntN(12), 1+r.IntN(28))
		fmt.Fprintf(&b, "structureet;%s;%s;RÉSIDENCE D'EXEMPLE %d;RÉSIDENCE MÉDICO-SOCIALE D'EXEMPLE NUMÉRO %d;;;%d;R;DES ESSAIS;;;001;99;DÉPARTEMENT FICTIF;99001 EXEMPLE;0199000000;;%s;%s;8710A;57;ARS PCD, habilité aide sociale;9;Indéterminé;%s;%s;2024-01-09;\n",
			Finess(500_000+i), Finess(i/max(e.ParOG, 1)+1), i, i, 1+r.IntN(200), categories[r.IntN(len(categories))], Siret(i), ouverture, ouverture)
	}
	for i := range min(e.Etablissements, 10) {
		fmt.Fprintf(&b, "geolocalisation;%s;870000.1;6570000.2;1,ATLASANTE,94,IGN,BD_ADRESSE,V2.1,LAMBERT_93;2024-01-08\n", Finess(500_000+i))
	}
	if !e.Latin1 {
		return b.Bytes()
	}
	latin1, err := charmap.Windows1252.NewEncoder().Bytes(b.Bytes())
	if err != nil {
		panic("corpus: " + err.Error())
	}
	return latin1
}

// Siret returns a fictitious SIRET with a right check key.
func Siret(n int) string {
	s := fmt.Sprintf("000%07d001", n%10_000_000)
	sum := 0
	for i, c := range s {
		d := int(c - '0')
		if i%2 == 0 { // doubled: every second digit, counted from the key leftwards
			if d *= 2; d > 9 {
				d -= 9
			}
		}
		sum += d
	}
	return fmt.Sprintf("%s%d", s, (10-sum%10)%10)
}
