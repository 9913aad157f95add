package export

import (
	"slices"
	"strconv"
	"strings"
)

// at returns the node at the end of path, nil where there is none. Steps are keys and indexes, as in a
// JSON Pointer.
func at(n any, path []string) any {
	for _, step := range path {
		switch parent := n.(type) {
		case object:
			n = parent.get(step)
		case array:
			n = parent[index(step)]
		default:
			return nil
		}
	}
	return n
}

// set returns a copy of n in which the node at the end of path is value. Parts that do not change are
// shared.
func set(n any, path []string, value any) any {
	if len(path) == 0 {
		return value
	}
	switch parent := n.(type) {
	case object:
		return parent.with(path[0], set(parent.get(path[0]), path[1:], value))
	case array:
		i := index(path[0])
		parent = slices.Clone(parent)
		parent[i] = set(parent[i], path[1:], value)
		return parent
	}
	return n
}

// rename returns a copy of n in which the key at the end of path has another name, or is gone where name
// is empty.
func rename(n any, path []string, name string) any {
	last := len(path) - 1
	parent := at(n, path[:last]).(object)
	var renamed object
	for _, m := range parent {
		if m.key == path[last] {
			m.key = name
		}
		if m.key != "" {
			renamed = append(renamed, m)
		}
	}
	return set(n, path[:last], renamed)
}

// pointer writes a path as RFC 6901 does. Tags hold neither ~ nor /.
func pointer(path []string) string {
	if len(path) == 0 {
		return ""
	}
	return "/" + strings.Join(path, "/")
}

// join returns path and one more step, and leaves path as it is.
func join(path []string, steps ...string) []string {
	return append(slices.Clip(slices.Clone(path)), steps...)
}

func index(step string) int {
	i, err := strconv.Atoi(step)
	if err != nil {
		panic("export: " + step + " is no index") // paths are made here
	}
	return i
}
