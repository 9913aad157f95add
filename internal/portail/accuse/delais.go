package accuse

import (
	"encoding/json"
	"time"

	"guichet/internal/portail/web"
)

// Silence is what an agency's silence comes to.
type Silence string

// A request for money that gets no answer is refused (CRPA, art. L.231-4, 3°), unless a text says otherwise.
const (
	Refus      Silence = "rejet"
	Acceptance Silence = "acceptation"
)

// Delais are what the agency has decided, and the receipt must say.
type Delais struct {
	Silence  Silence
	Decision int    // months after the reception: the silence is a decision then
	Pieces   int    // days after the reception, for the documents (CRPA, art. L.114-5)
	Reponse  int    `json:",omitempty"` // days for an answer to what the agency asks for later; not on receipts
	Recours  int    // months after a decision
	Tribunal string // who hears an appeal: "le tribunal administratif de …"; "" for the one that is competent
}

// LireDelais reads those that a deposit was told, from the words of its receipt (Mentions, as JSON); sinon where it was
// told none.
func LireDelais(mentions string, sinon Delais) Delais {
	var m Mentions
	if mentions == "" || json.Unmarshal([]byte(mentions), &m) != nil || m.Delais.Decision == 0 {
		return sinon
	}
	return m.Delais
}

// Usuels are the delays where nobody decides otherwise: two months for the decision (CRPA, art. L.231-4) and for an
// appeal (CJA, art. R.421-1), thirty days for documents and for an answer.
var Usuels = Delais{Silence: Refus, Decision: 2, Pieces: 30, Recours: 2, Reponse: 30}

// Echeance is the day on which the silence is a decision: delays of months go from day to day of the month, and end
// with the month where it is too short.
func (d Delais) Echeance(recu time.Time) time.Time {
	t := recu.In(web.Paris())
	jour := t.Day()
	fin := time.Date(t.Year(), t.Month()+time.Month(d.Decision), 1, 12, 0, 0, 0, t.Location())
	dernier := fin.AddDate(0, 1, -1).Day()
	return fin.AddDate(0, 0, min(jour, dernier)-1)
}

// LimitePieces is the last day for the documents of what came then.
func (d Delais) LimitePieces(recu time.Time) time.Time {
	return recu.In(web.Paris()).AddDate(0, 0, d.Pieces)
}

// LimiteReponse is the last day for an answer to what is asked then.
func (d Delais) LimiteReponse(demande time.Time) time.Time {
	return demande.In(web.Paris()).AddDate(0, 0, d.Reponse)
}

// LimitePieces is the last day for the documents.
func (a *Accuse) LimitePieces() time.Time { return a.Delais.LimitePieces(a.Recu) }
