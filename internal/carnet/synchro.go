package carnet

import (
	"errors"
	"fmt"
	"os"
	"sync"

	"guichet/internal/durable"
)

// synchroniseurs bring the files of a lot to the disk while others are still written: waiting for the disk one
// file after the other would take most of the time of a lot.
type synchroniseurs struct {
	places chan struct{}
	tous   sync.WaitGroup
	mu     sync.Mutex
	err    error
}

const enParallele = 8

// suivre has a file synced; a failure is told by attendre.
func (s *synchroniseurs) suivre(chemin string) error {
	info, err := os.Lstat(chemin)
	if err == nil && !info.Mode().IsRegular() {
		err = errors.New("no regular file")
	}
	if err != nil {
		return fmt.Errorf("file of the lot: %w", err)
	}
	s.places <- struct{}{}
	s.tous.Go(func() {
		defer func() { <-s.places }()
		if err := durable.Fichier(chemin); err != nil {
			s.mu.Lock()
			defer s.mu.Unlock()
			s.err = errors.Join(s.err, err)
		}
	})
	return nil
}

// attendre waits for the files under way.
func (s *synchroniseurs) attendre() error {
	s.tous.Wait()
	return s.err
}

// finir waits for all files, then syncs the folders that name them.
func (s *synchroniseurs) finir(dossiers ...string) error {
	if err := s.attendre(); err != nil {
		return err
	}
	for _, d := range dossiers {
		if err := durable.Dossier(d); err != nil {
			return err
		}
	}
	return nil
}
