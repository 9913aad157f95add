package brouillon

// Inscrits is how many drafts are listed in memory, those of owners without any counted as one.
func (m *Magasin) Inscrits() (n int) {
	m.mu.Lock()
	defer m.mu.Unlock()
	for _, liste := range m.listes {
		n += max(1, len(liste))
	}
	return n
}
