package main

// goal is a bound on how many times longer slow may take than fast.
type goal struct {
	text       string
	slow, fast string
	bound      float64
	most       bool // bound is the most, not the least
}

func goals() []goal {
	return []goal{
		{text: "at least 8 times faster than ajv", slow: ajv, fast: guichet, bound: 8},
		{text: "at least 40 times faster than santhosh-tekuri", slow: santhosh, fast: guichet, bound: 40},
		{text: "at most 1.2 times simdjson-go's bare parse", slow: guichet, fast: simd, bound: 1.2, most: true},
		{text: "faster than jsontext reading tokens", slow: tokens, fast: guichet, bound: 1},
		{text: "as wasm, at least 2 times faster than ajv", slow: ajv, fast: wasm, bound: 2},
	}
}

func (g *goal) met(ratio float64) bool {
	if g.most {
		return ratio <= g.bound
	}
	return ratio >= g.bound
}
