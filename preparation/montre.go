package preparation

import (
	"math"
	"strconv"
	"strings"

	"guichet/affichage"
	"guichet/modele"
	"guichet/valeur"
)

// montrer makes of a cell what it shows, where that is not what it holds, and says why. What cannot be known is
// refused.
func (c *colonne) montrer(cell Cellule) (montree Cellule, v verdict) {
	switch cell.Genre {
	case Echec:
		return cell, verdict{refus: regleErreur}
	case SansValeur:
		return cell, verdict{refus: regleSansValeur}
	case Recouverte:
		return cell, verdict{refus: regleMontre}
	case Texte:
		switch {
		case cell.Texte != "" && cell.Format.CacheTextes():
			return cell, verdict{refus: regleMontre}
		case erreurDeTableur(cell.Texte):
			return cell, verdict{refus: regleErreur}
		case !ascii(cell.Texte) && (perdu(cell.Texte) || encodeDeuxFois(cell.Texte)):
			return cell, verdict{refus: regleCaractere}
		case c.texte() && abime(cell.Texte, c.ty.Majuscules):
			return cell, verdict{refus: regleCaractere}
		}
		return cell, verdict{}
	case Booleen: // a spreadsheet shows it in its own language: it is no number, no day, no code
		if c.Piece != "" || c.ty.Genre != modele.Booleen {
			v.refus = regleMontre
		}
		return cell, v
	}
	if c.cachee(cell) {
		return cell, verdict{refus: regleMontre}
	}
	ok := true
	switch {
	case c.Piece != "":
		montree = c.numero(cell)
	case c.ty.Genre == modele.Date:
		if cell.Genre == Jour && cell.Format != nil && !cell.Format.JourEntier() {
			v.refus = regleMontre // nobody has seen the rest of the day
		}
		return depuis1904(cell), v
	case c.ty.Genre == modele.Montant:
		montree, v.motif, ok = montantMontre(cell)
	case c.texte():
		montree, v.motif, ok = texteMontre(cell)
	default:
		montree = c.numero(cell)
	}
	if !ok {
		v.refus = regleMontre
	}
	return montree, v
}

// cachee tells whether a cell does not show the number that it holds: it shows a text of its format, a time, or a day
// where none is expected. A yes or no may be such a text; a column of texts takes days and times as they are shown.
func (c *colonne) cachee(cell Cellule) bool {
	seul := cell.Format.TexteSeul(cell.Texte)
	switch {
	case c.Piece == "" && c.ty.Genre == modele.Date:
		return cell.Genre == Nombre && (seul || cell.Format.EstHeure() || !cell.montreSonEntier())
	case c.texte():
		return seul
	case cell.Genre == Jour || cell.Format.EstHeure():
		return true
	case c.ty.Genre == modele.Booleen || c.ty.Genre == modele.Choix || c.ty.Genre == modele.ChoixMultiple:
		montre, _ := cell.Montre()
		return seul && montre == ""
	}
	return seul
}

// montreSonEntier tells whether the whole part of a number shows, as far as that is known.
func (c Cellule) montreSonEntier() bool {
	montre, certain := c.Montre()
	if !certain {
		return true
	}
	vu, err := strconv.ParseFloat(strings.Replace(blancs.Replace(montre), ",", ".", 1), 64)
	tenu, _ := strconv.ParseFloat(c.Texte, 64)
	return err == nil && math.Floor(vu) == math.Floor(tenu)
}

// depuis1904 counts the days of a number as other workbooks do. Those that are shown as days are counted so when they are
// read.
func depuis1904(cell Cellule) Cellule {
	if cell.Genre != Nombre || cell.Format == nil || !cell.Format.Depuis1904 {
		return cell
	}
	jours, err := strconv.ParseFloat(cell.Texte, 64)
	if err != nil {
		return cell
	}
	const de1900a1904 = 1462
	return Cellule{Texte: strconv.FormatFloat(jours+de1900a1904, 'f', -1, 64), Genre: Nombre}
}

// texte tells whether a column takes any text: what a cell shows is the only thing to go by.
func (c *colonne) texte() bool {
	return c.Piece == "" && c.ty.Genre == modele.Chaine && (c.ty.Alphabet == modele.Libre || c.ty.Exact == 0)
}

// texteMontre is the text that a cell shows for its number.
func texteMontre(cell Cellule) (montree Cellule, m motif, ok bool) {
	if cell.Format == nil && cell.Genre == Nombre { // nobody said
		return cell, sansMotif, true
	}
	montre, certain := cell.Montre()
	switch {
	case !certain || montre == "":
		return cell, sansMotif, false
	case montre == cell.Texte:
		return cell, sansMotif, true
	}
	return Cellule{Texte: montre}, motifMontre, true
}

// numero is a number or a code of which a cell shows the zeros or the figures apart; the text itself, where it shows
// something else.
func (c *colonne) numero(cell Cellule) Cellule {
	if cell.Format == nil || cell.Format.General() || cell.Genre != Nombre {
		return cell
	}
	montre, certain := cell.Montre()
	if serre := blancs.Replace(montre); c.ty.Genre != modele.Telephone && c.Piece == "" && len(serre) != c.ty.Exact {
		montre = serre // of the right length, its blanks are told as those of a text are
	}
	if !certain || montre == "" || montre == cell.Texte {
		return cell
	}
	return Cellule{Texte: montre}
}

// montantMontre is the amount that a cell shows. What its format hides of the cents, or shows a hundred or a thousand
// times as large, is another amount; decimals that only a computation left there are rounded as they are shown.
func montantMontre(cell Cellule) (montree Cellule, m motif, ok bool) {
	if cell.Genre != Nombre || cell.Format == nil || cell.Format.General() {
		return cell, sansMotif, true
	}
	_, decimales, _ := strings.Cut(cell.Texte, ".")
	if n, simple := cell.Format.Simple(); simple && n >= len(decimales) && !strings.ContainsAny(cell.Texte, "eE") {
		return cell, sansMotif, true
	}
	contenu, err := strconv.ParseFloat(cell.Texte, 64)
	montre := centimesMontres(cell.Format, cell.Texte)
	switch cents := contenu * 100; {
	case err != nil, math.Abs(cents) > 100*maxMontant:
		return cell, sansMotif, true // the check refuses it
	case montre == 0 || montre != centimesMontres(deuxDecimales, cell.Texte): // both rounded by the same digits
		return cell, sansMotif, contenu <= 0
	case math.Abs(cents-float64(montre)) > 1e-4:
		return Cellule{Texte: centimes(montre), Genre: Nombre}, motifArrondiMontre, true
	}
	return cell, sansMotif, true
}

// deuxDecimales is the format of amounts: what another one shows is the amount of the cell only where it is what this one shows.
var deuxDecimales = affichage.Lire("0.00")

// centimesMontres reads the amount that a cell shows, 0 for none.
func centimesMontres(f *affichage.Format, nombre string) int64 {
	montre, _ := f.Montrer(nombre)
	m := []byte(valeur.Montant(montre))
	if c, ok := valeur.Centimes([]byte(montre)); ok {
		return c
	}
	c, _ := valeur.Centimes(m)
	return c
}

func centimes(n int64) string {
	return string(append(strconv.AppendInt(nil, n/100, 10), '.', byte('0'+n/10%10), byte('0'+n%10)))
}

// dit tells what a cell shows, in a message.
func (c Cellule) dit() modele.Texte {
	montre, certain := c.Montre()
	if c.Genre == Texte && c.Format.CacheTextes() {
		montre = ""
	}
	switch {
	case certain && montre == "":
		return modele.Texte{Fr: "rien", En: "nothing"}
	case montre != "":
		return modele.Texte{Fr: "« " + abreger(montre) + " »", En: `"` + abreger(montre) + `"`}
	}
	t := modele.Texte{Fr: "autre chose selon le poste", En: "something that depends on the machine"}
	if c.Format != nil && c.Format.Code != "" {
		code := abreger(strings.ReplaceAll(c.Format.Code, `\`, ""))
		t.Fr, t.En = t.Fr+" (format "+code+")", t.En+" (format "+code+")"
	}
	return t
}

// montreAutre is the fault of a cell of a column that shows something else than it holds.
func (c *colonne) montreAutre(ou Lieu, cell Cellule) Faute {
	if c.ty.Genre != modele.Date || cell.Genre != Jour {
		return montreAutre(ou, cell)
	}
	f, dit := regleMontre.faute(ou), cell.dit()
	jour, _ := jourNumerote(Jour, cell.Texte)
	cache := cell.cache()
	f.Message = modele.Texte{Fr: texte(jourCache, jour, dit.Fr, cache.Fr).Fr, En: texte(jourCache, jour, dit.En, cache.En).En}
	f.Aide = modele.Texte{
		Fr: "mettez la cellule au format JJ/MM/AAAA, vérifiez que c'est bien la date du bon de commande, puis enregistrez",
		En: "give the cell the format DD/MM/YYYY, see that it is the date of the order form, then save",
	}
	return f
}

// montreAutre is the fault of a cell that shows something else than it holds.
func montreAutre(ou Lieu, cell Cellule) Faute {
	f, dit := regleMontre.faute(ou), cell.dit()
	f.Message.Fr = texte(regles[regleMontre].Message, abreger(cell.Texte), dit.Fr).Fr
	f.Message.En = texte(regles[regleMontre].Message, abreger(cell.Texte), dit.En).En
	if cell.Genre == Recouverte {
		f.Aide = aideFusion
	}
	return f
}

var aideFusion = modele.Texte{
	Fr: "la cellule est fusionnée avec une autre, qui la recouvre : défusionnez-les, gardez la bonne valeur sur chaque ligne, puis enregistrez",
	En: "the cell is merged with another one that covers it: unmerge them, keep the right value on each row, then save",
}

var jourCache = modele.Texte{Fr: "la cellule contient le %s et montre %s : elle ne montre pas %s", En: "the cell holds %s and shows %s: it does not show %s"}

// cache names what of a day a cell does not show.
func (c Cellule) cache() modele.Texte {
	switch jour, mois, annee := c.Format.PartiesDuJour(); {
	case mois && annee:
		return modele.Texte{Fr: "le jour", En: "the day"}
	case annee:
		return modele.Texte{Fr: "le jour et le mois", En: "the day and the month"}
	case jour && mois:
		return modele.Texte{Fr: "l'année", En: "the year"}
	}
	return modele.Texte{Fr: "la date entière", En: "the whole date"}
}
