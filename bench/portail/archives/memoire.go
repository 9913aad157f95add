package main

import (
	"fmt"
	"os"
	"strings"
	"time"
)

// memoryWatch looks at a process and its children until it ends.
type memoryWatch struct {
	pid      int
	stop     chan struct{}
	ended    chan struct{}
	children int64 // the most that all of them together held at a time
}

// watchMemory begins to look. Where there is no /proc it sees nothing.
func watchMemory(pid int) *memoryWatch {
	m := &memoryWatch{pid: pid, stop: make(chan struct{}), ended: make(chan struct{})}
	go func() {
		defer close(m.ended)
		for {
			m.children = max(m.children, sumOfChildren(pid))
			select {
			case <-m.stop:
				return
			case <-time.After(10 * time.Millisecond):
			}
		}
	}()
	return m
}

// end returns the most that the process itself has ever held, and its children together, in bytes.
func (m *memoryWatch) end() (own, children int64) {
	close(m.stop)
	<-m.ended
	return size(m.pid, "status", "VmHWM:"), m.children
}

func sumOfChildren(pid int) (sum int64) {
	tasks, err := os.ReadDir(fmt.Sprintf("/proc/%d/task", pid))
	if err != nil {
		return 0
	}
	for _, t := range tasks {
		list, err := os.ReadFile(fmt.Sprintf("/proc/%d/task/%s/children", pid, t.Name()))
		if err != nil {
			continue
		}
		for child := range strings.FieldsSeq(string(list)) {
			var id int
			if _, err := fmt.Sscan(child, &id); err == nil {
				sum += size(id, "smaps_rollup", "\nPss:") // of what processes share, each its part
			}
		}
	}
	return sum
}

// size reads a size of a process, in bytes; 0 when it has gone.
func size(pid int, file, name string) int64 {
	text, err := os.ReadFile(fmt.Sprintf("/proc/%d/%s", pid, file))
	if err != nil {
		return 0
	}
	_, rest, _ := strings.Cut(string(text), name)
	var kilobytes int64
	if _, err := fmt.Sscan(rest, &kilobytes); err != nil {
		return 0
	}
	return kilobytes << 10
}
