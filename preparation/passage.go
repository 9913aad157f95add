package preparation

// passage is some rows of a sheet, and what a liseur has made of them.
type passage struct {
	entetes   *entetes
	rangees   []rangee
	cellules  []Cellule  // of all rows, one after the other
	refs      []ref      // their values, row by row, by column of the plan
	cles      []byte     // their references, one after the other
	octets    int        // of the cells
	remarques []remarque // on their cells, in their order
	err       error
	lue       chan struct{} // receives once it is read
}

// rangee is a row of a passage.
type rangee struct {
	ligne     int32
	fin, cle  int32 // where its cells end, and its reference
	sans      bool  // it has no reference
	illisible bool  // its reference cannot be read
}

// remarque is what is to be said of a cell: that it was repaired, or what rule it breaks.
type remarque struct {
	rangee  int32
	colonne int // of the plan
	ref     ref // what it was repaired to
	verdict     // of its value
	cell    Cellule
}

// What makes a passage full: neither many short cells nor a few long ones take much memory.
const (
	maxCellulesPassage = 8 << 10
	maxOctetsPassage   = 256 << 10
)

func (t *passage) pleine() bool {
	return len(t.cellules) >= maxCellulesPassage || t.octets >= maxOctetsPassage
}

func (t *passage) vider() {
	t.entetes, t.err, t.octets = nil, nil, 0
	t.rangees, t.cellules, t.refs, t.cles, t.remarques = t.rangees[:0], t.cellules[:0], t.refs[:0], t.cles[:0], t.remarques[:0]
}

func (t *passage) ajouter(ligne int, cellules []Cellule) {
	for i := range cellules {
		t.octets += len(cellules[i].Texte)
	}
	t.cellules = append(t.cellules, cellules...)
	t.rangees = append(t.rangees, rangee{ligne: int32(ligne), fin: int32(len(t.cellules))})
}

// noter keeps a repair; a cell that needed none is not worth a word.
func (t *passage) noter(r remarque) {
	if r.motif != sansMotif || r.ordres != 0 {
		t.remarques = append(t.remarques, r)
	}
}

// refuser keeps a fault, which has no value then.
func (t *passage) refuser(r remarque) (ref, error) {
	t.remarques = append(t.remarques, r)
	return refusee, nil
}

// ronde has passages read by several liseurs at once, and gives them back in the order in which they came.
type ronde struct {
	a       chan *passage
	encours []*passage
	libres  []*passage
}

// Liseurs at once, and passages that are under way, waiting or free.
const (
	liseurs  = 2
	passages = 4
)

// nouvelleRonde starts the liseurs. They end with fermer.
func (l *Lot) nouvelleRonde() *ronde {
	r := &ronde{a: make(chan *passage, passages)}
	for range liseurs {
		go func(x *liseur) {
			for t := range r.a {
				x.lire(t)
				t.lue <- struct{}{}
			}
		}(l.liseur())
	}
	for range passages {
		r.libres = append(r.libres, &passage{lue: make(chan struct{}, 1)})
	}
	return r
}

func (r *ronde) fermer() { close(r.a) }

// lancer has a passage read.
func (r *ronde) lancer(t *passage) {
	r.encours = append(r.encours, t)
	r.a <- t
}

// attendre returns the oldest passage that is under way, once it is read.
func (r *ronde) attendre() *passage {
	t := r.encours[0]
	r.encours = r.encours[:copy(r.encours, r.encours[1:])]
	<-t.lue
	return t
}
