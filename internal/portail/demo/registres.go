package demo

import (
	"bytes"
	"cmp"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"time"

	"guichet/internal/corpus"
	"guichet/referentiel"
)

// bareme is that of the example: fictitious tranches, under which some demandes are over their ceiling.
const bareme = "tranche;esms_min;esms_max;montant_ttc\nFICTIVE-1;1;1;10200.00\nFICTIVE-2;2;;5400.00\n"

// registres has the agency load its registers: a FINESS extract of the ESMS that the example orders, and a barème. An ESMS that two files
// order belongs to the OG of the first. No list of eligible ESMS is loaded, which would refuse whatever else people deposit to try; nor is
// anything where the folder of others was stated.
func (p *recit) registres() {
	if p.err != nil || p.Registres == "" {
		return
	}
	finess := bytes.NewBufferString("finess;etalab;98;" + p.jour.AddDate(0, 0, -60).Format(time.DateOnly) + "\n")
	n := 0
	err := commandes(func(og, geo string) {
		n++
		fmt.Fprintf(finess, "structureet;%s;%s;RÉSIDENCE D'EXEMPLE %d;;;;;;;;;001;99;DÉPARTEMENT FICTIF;99001 EXEMPLE;;;500;Hébergement pour personnes âgées;4401;;%s;;;;;;;;;\n", geo, og, n, corpus.Siret(n))
	})
	p.rater("list the ESMS of the example", err)
	for nom, texte := range map[referentiel.Nom]string{referentiel.NomFiness: finess.String(), referentiel.NomBareme: bareme} {
		p.rater("load the register "+string(nom), p.charger(nom, texte))
	}
}

// commandes tells each ESMS that the files of the example order, once, with the OG of the first order.
func commandes(dire func(og, geo string)) error {
	vus, depuis := map[string]bool{}, map[string]int{}
	for _, e := range append(campagne, distribution, conteste) {
		if e.coupe { // it comes to nothing
			continue
		}
		var f struct {
			LignesImport []struct {
				Beneficiaires struct {
					EtablissementsClients []struct {
						FINESSJuridique string
						FINESSGeos      []string
					}
				}
			}
		}
		if err := json.Unmarshal(corpus.Fichier(e.forme(cmp.Or(e.depuis, depuis[e.numeroAns]))), &f); err != nil {
			return err
		}
		for _, d := range f.LignesImport {
			for _, og := range d.Beneficiaires.EtablissementsClients {
				for _, geo := range og.FINESSGeos {
					if !vus[geo] {
						dire(og.FINESSJuridique, geo)
					}
					vus[geo] = true
				}
			}
		}
		depuis[e.numeroAns] += e.demandes
	}
	return nil
}

func (p *recit) charger(n referentiel.Nom, texte string) error {
	r, err := referentiel.Lire(n, strings.NewReader(texte), referentiel.Origine{Fichier: "exemple.csv", Charge: p.Scene.Maintenant()})
	if err != nil {
		return err
	}
	var b bytes.Buffer
	if err := r.Ecrire(&b); err != nil {
		return err
	}
	if err := os.MkdirAll(p.Registres, 0o700); err != nil {
		return err
	}
	return os.WriteFile(filepath.Join(p.Registres, n.Fichier()), b.Bytes(), 0o600)
}
