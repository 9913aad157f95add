package jsondoc

// Key is the number of a member name.
type Key uint16

// NoKey is the key of array items and of the root; the names of a Vocabulary count from 1; names
// outside it have the key Vocabulary.Unknown.
const NoKey Key = 0

// Vocabulary numbers the names that a reader of documents expects. It never changes.
type Vocabulary struct{ keys map[string]Key }

// NewVocabulary numbers names from 1 in the given order; a name given twice keeps its first number.
func NewVocabulary(names []string) *Vocabulary {
	v := &Vocabulary{keys: make(map[string]Key, len(names))}
	for _, name := range names {
		if _, known := v.keys[name]; !known {
			v.keys[name] = Key(len(v.keys) + 1)
		}
	}
	return v
}

// Key returns the number of name, Unknown if it has none.
func (v *Vocabulary) Key(name string) Key {
	if k, known := v.keys[name]; known {
		return k
	}
	return v.Unknown()
}

// Unknown is the key of all names outside the vocabulary.
func (v *Vocabulary) Unknown() Key { return Key(len(v.keys) + 1) }
