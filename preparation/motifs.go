package preparation

import "guichet/modele"

// motif says why a value was repaired.
type motif uint8

const (
	sansMotif motif = iota
	motifBlancs
	motifMajuscules
	motifZeros
	motifNotation
	motifDecimales
	motifMontant
	motifArrondi
	motifBooleen
	motifDate
	motifMinuit
	motifHeure
	motifTexteForce
	motifJour
	motifJourHeure
	motifJourMinuit
	motifMontre
	motifArrondiMontre
	motifTelephone
	motifChoix
	motifCode
	motifLibelle
	motifNul
	motifNeant
	motifBlancsZeros
	motifNotationZeros
	motifDecimalesZeros
)

var motifs = [...]modele.Texte{
	motifBlancs:        {Fr: "espaces ou signes invisibles de trop retirés", En: "needless blanks or invisible signs taken away"},
	motifMajuscules:    {Fr: "mis en majuscules", En: "put in upper case"},
	motifZeros:         {Fr: "zéros de tête perdus dans un tableur", En: "leading zeros that a spreadsheet lost"},
	motifNotation:      {Fr: "nombre en notation scientifique dont tous les chiffres sont là", En: "number in scientific notation, with all its digits"},
	motifDecimales:     {Fr: "décimales ajoutées par un programme à un numéro", En: "decimals that a program added to a number"},
	motifMontant:       {Fr: "montant écrit avec un point et deux décimales", En: "amount written with a point and two decimals"},
	motifArrondi:       {Fr: "reste de calcul d'un tableur", En: "remainder of a spreadsheet's computation"},
	motifBooleen:       {Fr: "oui ou non écrit autrement", En: "yes or no written otherwise"},
	motifDate:          {Fr: "date mise au format JJ/MM/AAAA", En: "date put in the format DD/MM/YYYY"},
	motifMinuit:        {Fr: "jour que la cellule montre, sans son heure : vérifiez-le, minuit est proche", En: "day that the cell shows, without its time: look at it, midnight is near"},
	motifHeure:         {Fr: "jour de la cellule, sans son heure", En: "day of the cell, its time left out"},
	motifTexteForce:    {Fr: "signes d'un tableur autour du texte, retirés", En: "signs of a spreadsheet around the text, taken away"},
	motifJour:          {Fr: "numéro de jour d'un tableur", En: "day number of a spreadsheet"},
	motifJourHeure:     {Fr: "numéro de jour d'un tableur, sans son heure", En: "day number of a spreadsheet, its time left out"},
	motifJourMinuit:    {Fr: "numéro de jour d'un tableur, sans son heure : vérifiez-le, minuit est proche", En: "day number of a spreadsheet, its time left out: look at it, midnight is near"},
	motifMontre:        {Fr: "ce que la cellule montre", En: "what the cell shows"},
	motifArrondiMontre: {Fr: "arrondi que la cellule montre", En: "rounded as the cell shows it"},
	motifTelephone:     {Fr: "indicatif international", En: "international prefix"},
	motifChoix:         {Fr: "graphie de la valeur admise", En: "spelling of the accepted value"},
	motifCode:          {Fr: "graphie du code", En: "spelling of the code"},
	motifLibelle:       {Fr: "code de ce libellé", En: "code of this label"},
	motifNul:           {Fr: "pas de valeur si %s", En: "no value if %s"},
	motifBlancsZeros: {
		Fr: "espaces ou signes de trop retirés, et zéros de tête perdus dans un tableur", En: "needless blanks or signs taken away, and leading zeros that a spreadsheet lost",
	},
	motifNotationZeros: {
		Fr: "nombre en notation scientifique dont tous les chiffres sont là, et zéros de tête perdus dans un tableur", En: "number in scientific notation, with all its digits, and leading zeros that a spreadsheet lost",
	},
	motifDecimalesZeros: {
		Fr: "décimales ajoutées par un programme à un numéro, et zéros de tête perdus dans un tableur", En: "decimals that a program added to a number, and leading zeros that a spreadsheet lost",
	},
	motifNeant: {Fr: "dit qu'il n'y a rien : lu comme une cellule vide", En: "says that there is nothing: read as an empty cell"},
}

// avecZeros are the reasons of repairs after which the zeros of a number were put back as well.
var avecZeros = map[motif]motif{sansMotif: motifZeros, motifBlancs: motifBlancsZeros, motifNotation: motifNotationZeros, motifDecimales: motifDecimalesZeros}
