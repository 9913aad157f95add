package carnet

import (
	"errors"
	"fmt"
	"os"
	"runtime"
	"sync"
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
		if err := synchroniser(chemin); err != nil {
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
		if err := synchroniserDossier(d); err != nil {
			return err
		}
	}
	return nil
}

func synchroniser(chemin string) (err error) {
	f, err := os.OpenFile(chemin, os.O_RDWR, 0) // Windows syncs only what it may write
	if err != nil {
		return fmt.Errorf("sync a file: %w", err)
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	if err := f.Sync(); err != nil {
		return fmt.Errorf("sync a file: %w", err)
	}
	return nil
}

// synchroniserDossier brings the names in a folder to the disk. Windows has nothing of the kind.
func synchroniserDossier(dossier string) (err error) {
	if runtime.GOOS == "windows" {
		return nil
	}
	f, err := os.Open(dossier)
	if err != nil {
		return fmt.Errorf("sync a folder: %w", err)
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	if err := f.Sync(); err != nil {
		return fmt.Errorf("sync a folder: %w", err)
	}
	return nil
}
