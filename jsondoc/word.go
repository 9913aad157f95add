//go:build !wasm

package jsondoc

import "encoding/binary"

// word returns the eight bytes of src at i.
func word(src []byte, i int) uint64 { return binary.LittleEndian.Uint64(src[i : i+8]) }
