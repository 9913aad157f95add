package mesure

import (
	"slices"
	"time"
)

// Median returns the middle value, of an even number the mean of the two in the middle.
func Median[T time.Duration | float64](values []T) T {
	sorted := slices.Sorted(slices.Values(values))
	n := len(sorted)
	return (sorted[(n-1)/2] + sorted[n/2]) / 2
}

// Ratios returns how many times longer a took than b in each round, sorted.
func Ratios(a, b []time.Duration) []float64 {
	ratios := make([]float64, len(a))
	for i := range a {
		ratios[i] = float64(a[i]) / float64(b[i])
	}
	slices.Sort(ratios)
	return ratios
}

// Met says whether a goal is met.
func Met(yes bool) string {
	if yes {
		return "met"
	}
	return "NOT MET"
}
