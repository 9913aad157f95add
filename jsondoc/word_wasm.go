package jsondoc

import "unsafe"

// word returns the eight bytes of src at i. WebAssembly reads them at once, in this order; the compiler
// knows that too, but takes encoding/binary for too much code to inline there.
func word(src []byte, i int) uint64 { return *(*uint64)(unsafe.Pointer(&src[i : i+8][0])) }
