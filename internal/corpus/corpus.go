// Package corpus makes files of demandes for benchmarks and load tests: plainly fictitious, the same
// bytes for the same Forme.
package corpus

import (
	"bytes"
	"cmp"
	"encoding/json"
	"fmt"
	"math/rand/v2"
)

// Forme describes a file.
type Forme struct {
	Demandes, OGs, ESMS int  // demandes in the file, OGs in each, ESMS of each OG
	Indente             bool // four blanks for each level, as a program writes it; else compact
	Fautives            int  // one demande in so many has a fault; 0 for none
	Graine              uint64

	NumeroAns, SIRET string // ANS0000001 and 00000000100008 for ""
	Depuis           int    // how many demandes the files before this one had: their numbers are not used again
}

// Fichier makes the bytes of a file.
func Fichier(f Forme) []byte {
	r := rand.New(rand.NewPCG(f.Graine, 1))
	var b bytes.Buffer
	fmt.Fprintf(&b, `{"impId":null,"numeroAns":%q,"SIRET":%q,"lignesImport":[`, cmp.Or(f.NumeroAns, "ANS0000001"), cmp.Or(f.SIRET, "00000000100008"))
	for i := range f.Demandes {
		if i > 0 {
			b.WriteByte(',')
		}
		demande(&b, f, i, r)
	}
	b.WriteString("]}")
	if !f.Indente {
		return b.Bytes()
	}
	var indented bytes.Buffer
	if err := json.Indent(&indented, b.Bytes(), "", "    "); err != nil {
		panic("corpus: " + err.Error())
	}
	return indented.Bytes()
}

func demande(b *bytes.Buffer, f Forme, i int, r *rand.Rand) {
	numero := fmt.Sprintf("%05s", base36(f.Depuis+i+1))
	ht := i%3 == 2
	regime, telephone := "TTC", fmt.Sprintf("+33 1 99 00 %02d %02d", r.IntN(100), r.IntN(100))
	if ht {
		regime = "HT"
	}
	if f.Fautives > 0 && i%f.Fautives == f.Fautives-1 {
		telephone = telephone[4:]
	}
	fmt.Fprintf(b, `{"numLigne":%d,"typeAction":"C","numeroASP":null,"numeroEditeur":%q,"commande":{"dateCommande":"%02d/%02d/2023","regimeTVA":%q,"montantSegurHT":%d.%02d},"beneficiaires":{"isMandataire":false,"nomMandataire":null,"emailMandataire":null,"telephoneMandataire":null,"etablissementsClients":[`,
		i+1, numero, 1+r.IntN(28), 1+r.IntN(9), regime, 1000+r.IntN(8000), r.IntN(100))
	for o := range f.OGs {
		if o > 0 {
			b.WriteByte(',')
		}
		og(b, f, i, o, telephone)
	}
	fmt.Fprintf(b, `]},"piecesJustificatives":[{"nomFichier":"MS1-DUI-Va1-BDC-%s.pdf","formatFichier":"PDF","typeFichier":"BON_COMMANDE"}`, numero)
	if ht {
		fmt.Fprintf(b, `,{"nomFichier":"MS1-DUI-Va1-HT-%s.pdf","formatFichier":"PDF","typeFichier":"PREUVE_HT"}`, numero)
	}
	b.WriteString(`],"scenarioInstallation":[`)
	for e := range f.OGs * f.ESMS {
		if e > 0 {
			b.WriteByte(',')
		}
		fmt.Fprintf(b, `{"FINESSGeo":%q,"ancienneVersion":"V3.%d","isMaitreId":true,"IsStockageId":%t,"operateurMessagerie":"MAI_15","profilMetier":"PA, PH","IsRefSoins":false}`,
			Finess(geo(f, i)+e), r.IntN(10), r.IntN(2) == 0)
	}
	b.WriteString(`],"codeTraitement":null,"libelleTraitement":null}`)
}

func og(b *bytes.Buffer, f Forme, i, o int, telephone string) {
	fmt.Fprintf(b, `{"FINESSJuridique":%q,"demandeCertificatServeur":true,"contractualisationOG":true,"statutAdminTechnique":"S","contractualisationEditeur":null,"certificatServeur":{"numeroCarteCPX":"%010d","nomAdminTechnique":"EXEMPLE","telAdminTechnique":"+33 1 99 00 12 34","emailAdminTechnique":"technique.%d@exemple.invalid","utiliteCertificat":"DMP, INS"},"nomResponsableOG":"DURANDAL","emailResponsableOG":"direction.%d@exemple.invalid","telephoneResponsableOG":%q,"FINESSGeos":[`,
		Finess((f.Depuis+i)*f.OGs+o+1), i, i, i*f.OGs+o, telephone)
	for e := range f.ESMS {
		if e > 0 {
			b.WriteByte(',')
		}
		fmt.Fprintf(b, "%q", Finess(geo(f, i)+o*f.ESMS+e))
	}
	b.WriteString("]}")
}

func geo(f Forme, i int) int { return 500_000 + (f.Depuis+i)*f.OGs*f.ESMS }

// Finess returns a fictitious FINESS number, department 99, with a right check key.
func Finess(n int) string {
	s := fmt.Sprintf("99%06d", n%1_000_000)
	sum := 0
	for i, c := range s {
		d := int(c - '0')
		if i%2 == 1 { // doubled: every second digit, counted from the key leftwards
			if d *= 2; d > 9 {
				d -= 9
			}
		}
		sum += d
	}
	return fmt.Sprintf("%s%d", s, (10-sum%10)%10)
}

func base36(n int) string {
	const digits = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
	s := ""
	for ; n > 0; n /= 36 {
		s = string(digits[n%36]) + s
	}
	return s
}
