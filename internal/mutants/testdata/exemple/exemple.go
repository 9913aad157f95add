// Package exemple has one place of each kind.
package exemple

import "errors"

var errNo = errors.New("no")

// Known are numbers.
var Known = []int{1, 2}

// Question is never asked.
const Question = `SELECT a FROM b WHERE c = 1 ORDER BY a`

// Any tells whether there is a number over 7 that is not even.
func Any(numbers []int, even func(int) bool, err error) bool {
	for _, n := range numbers {
		if !(n > 7) {
			continue
		}
		if !even(n) {
			return true
		}
	}
	if err != nil {
		return false
	}
	return false
}
