package preparation

// Referencer returns a function that names the order of a place, "" for one that is of none.
func (l *Lot) Referencer() func(Lieu) string {
	type rangee struct {
		fichier, feuille string
		ligne            int
	}
	commandes := make(map[rangee]int32, l.esms.n)
	noter := func(ou lieu, commande int32) {
		f := &l.feuilles[ou.feuille]
		commandes[rangee{f.fichier, f.nom, int(ou.ligne)}] = commande
	}
	for i := range l.esms.n {
		noter(l.esms.a(i).lieu, l.esms.a(i).demande)
	}
	for i := range l.demandes.n {
		noter(l.demandes.a(i).lieu, i)
	}
	return func(ou Lieu) string {
		commande, connue := commandes[rangee{ou.Fichier, ou.Feuille, ou.Ligne}]
		if !connue {
			return ""
		}
		d := l.commande(commande)
		return d.Reference()
	}
}
