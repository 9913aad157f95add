package carnet

import "strings"

// Reponse is what the ledger holds as the answer to a demande.
type Reponse struct {
	Etat      Etat
	NumeroASP string
	Code      string // codeTraitement, as it was returned
	Libelle   string
}

// Finale tells whether nothing but another answer of the portal, believed on purpose, may change it.
func (r Reponse) Finale() bool { return r.Etat.poids() >= Acceptee.poids() }

func (r Reponse) dire() string {
	var mots []string
	for _, m := range []string{string(r.Etat), r.NumeroASP, r.Code, r.Libelle} {
		if m != "" {
			mots = append(mots, m)
		}
	}
	return strings.Join(mots, " · ")
}

// jugement is what a line of a returned file makes of a demande.
type jugement struct {
	apres Reponse
	genre Genre // GenreContradiction: nothing changes
}

// juger decides what a line changes. News go forwards only: what the portal said later in the life of a demande
// is never undone by what it said before. A final answer stays, unless who reads the file says that it is wrong.
func juger(avant Reponse, l Ligne) jugement {
	apres := avant
	switch {
	case l.Etat == "" || l.Etat == SansReponse:
		return atteindre(SansReponse, avant, l)
	case l.Etat == Deposee: // what it was answered is not believed; that it was deposited is
		return atteindre(Deposee, avant, l)
	case contraire(avant, l) && l.Contredire:
		return jugement{Reponse{l.Etat, l.NumeroASP, l.Code, l.Libelle}, GenreRevirement}
	case contraire(avant, l):
		return jugement{avant, GenreContradiction}
	case l.Etat.poids() > avant.Etat.poids():
		apres.Etat = l.Etat
		return jugement{completer(apres, l), GenreEtat}
	}
	return jugement{completer(apres, l), GenreRetour} // the same news, perhaps after what came of it
}

// atteindre takes a demande as far as a returned file that answers nothing shows.
func atteindre(etat Etat, avant Reponse, l Ligne) jugement {
	if avant.Etat.poids() >= etat.poids() {
		return jugement{avant, GenreRetour}
	}
	apres := avant
	apres.Etat = etat
	return jugement{completer(apres, l), GenreEtat}
}

// Changement is what a line of a returned file makes of a demande, or would.
type Changement struct {
	Avant, Apres Reponse
	Contraire    bool // the line contradicts a final answer; it changes something only when that is asked for
}

// Juger tells what recording the line would do.
func (s *Suivie) Juger(l Ligne) Changement {
	avant := Reponse{s.Etat, s.NumeroASP, s.Code, s.Libelle}
	j := juger(avant, l)
	return Changement{avant, j.apres, j.genre == GenreContradiction || j.genre == GenreRevirement}
}

// contraire tells whether a line says otherwise than a final answer: rejected after accepted, or accepted under
// another numeroASP.
func contraire(avant Reponse, l Ligne) bool {
	if !avant.Finale() {
		return false
	}
	return l.Etat.poids() < Acceptee.poids() || l.NumeroASP != "" && avant.NumeroASP != "" && l.NumeroASP != avant.NumeroASP
}

// completer keeps what the line tells besides the state.
func completer(r Reponse, l Ligne) Reponse {
	if l.NumeroASP != "" {
		r.NumeroASP = l.NumeroASP
	}
	if l.Code != "" || l.Libelle != "" {
		r.Code, r.Libelle = l.Code, l.Libelle
	}
	return r
}
