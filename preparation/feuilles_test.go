package preparation_test

import (
	"context"
	"fmt"
	"strings"
	"time"

	"guichet/affichage"
	"guichet/controle"
	"guichet/modele"
	"guichet/modele/ms1dui"
	"guichet/preparation"
)

// feuille makes a sheet; the first row has the headings.
func feuille(fichier, nom string, rangees ...[]string) preparation.Feuille {
	return preparation.Feuille{Fichier: fichier, Nom: nom, Rangees: func(f func(int, []preparation.Cellule) error) error {
		for i, r := range rangees {
			cells := make([]preparation.Cellule, len(r))
			for j, t := range r {
				cells[j] = cellule(t)
			}
			if err := f(i+1, cells); err != nil {
				return err
			}
		}
		return nil
	}}
}

// cellule reads the notation of these tests: "#" starts a number cell, "@" a date cell, each with its format behind "|",
// "=" what a formula gave, "!" its error, "'" a text with a format, "=?" that it was never calculated, "&" a boolean; others are texts.
func cellule(t string) preparation.Cellule {
	contenu, code, formate := strings.Cut(t, "|")
	var format *affichage.Format
	if formate {
		format = affichage.Lire(code)
	}
	switch {
	case strings.HasPrefix(t, "#"):
		return preparation.Cellule{Texte: contenu[1:], Genre: preparation.Nombre, Format: format}
	case strings.HasPrefix(t, "@"):
		return preparation.Cellule{Texte: contenu[1:], Genre: preparation.Jour, Format: format}
	case strings.HasPrefix(t, "'") && formate:
		return preparation.Cellule{Texte: contenu[1:], Format: format}
	case t == "=?":
		return preparation.Cellule{Genre: preparation.SansValeur}
	case strings.HasPrefix(t, "="):
		return preparation.Cellule{Texte: t[1:]}
	case strings.HasPrefix(t, "!"):
		return preparation.Cellule{Texte: t[1:], Genre: preparation.Echec}
	case strings.HasPrefix(t, "&"):
		return preparation.Cellule{Texte: t[1:], Genre: preparation.Booleen}
	}
	return preparation.Cellule{Texte: t}
}

// titres are the headings of the layout.
func titres() (t []string) {
	for _, c := range preparation.Disposition(ms1dui.Courante()) {
		t = append(t, c.Nom)
	}
	return t
}

var valeursJustes = map[string]string{
	"referenceCommande": "CMD-1", "numeroEditeur": "A0001", "dateCommande": "15/09/2023", "regimeTVA": "TTC",
	"montantSegurHT": "2433.33", "isMandataire": "false", "BON_COMMANDE": "bons/cmd-1.pdf",
	"FINESSJuridique": "990000010", "demandeCertificatServeur": "true", "contractualisationOG": "true",
	"statutAdminTechnique": "S", "numeroCarteCPX": "3700123456", "nomAdminTechnique": "FICTIF",
	"telAdminTechnique": "+33 1 99 00 10 02", "emailAdminTechnique": "technique@exemple.invalid",
	"utiliteCertificat": "DMP, INS", "nomResponsableOG": "DURANDAL", "emailResponsableOG": "direction@exemple.invalid",
	"telephoneResponsableOG": "+33 1 99 00 10 01", "FINESSGeo": "995000007", "ancienneVersion": "V3.2",
	"isMaitreId": "true", "IsStockageId": "true", "operateurMessagerie": "MAI_15", "profilMetier": "PA, PH", "IsRefSoins": "false",
}

// juste makes a right row, with some values changed: tag, value, tag, value.
func juste(changees ...string) (r []string) {
	for _, t := range titres() {
		v := valeursJustes[t]
		for i := 0; i < len(changees); i += 2 {
			if changees[i] == t {
				v = changees[i+1]
			}
		}
		r = append(r, v)
	}
	return r
}

var jour = time.Date(2023, 10, 2, 0, 0, 0, 0, time.UTC)

// envoi numbers demandes Z0001, Z0002 …
func envoi() preparation.Envoi {
	n := 0
	return preparation.Envoi{
		EnTete: map[string]string{"numeroAns": "ANS0000001", "SIRET": "00000000100008"}, Jour: jour,
		Numero:   func(preparation.Demande) (string, error) { n++; return fmt.Sprintf("Z%04d", n), nil },
		Controle: controle.Options{Aujourdhui: jour},
	}
}

// preparer reads sheets and makes all files, and lists every fault.
func preparer(t interface {
	Helper()
	Fatal(args ...any)
}, o preparation.Options, feuilles ...preparation.Feuille) (lot *preparation.Lot, fichiers []string, fautes []preparation.Faute) {
	t.Helper()
	lot, err := preparation.Lire(context.Background(), ms1dui.Courante(), feuilles, o)
	if err != nil {
		t.Fatal(err)
	}
	fautes = append(fautes, lot.Fautes...)
	for f, err := range lot.Fichiers(context.Background(), envoi()) {
		if err != nil {
			t.Fatal(err)
		}
		fichiers = append(fichiers, string(f.Octets))
		fautes = append(fautes, f.Fautes...)
	}
	return lot, fichiers, fautes
}

func phrases(fautes []preparation.Faute) string {
	var b strings.Builder
	for _, f := range fautes {
		fmt.Fprintf(&b, "%s %s\n    aide : %s\n", f.Code, f.In(modele.Francais), f.Aide.Fr)
	}
	return b.String()
}
