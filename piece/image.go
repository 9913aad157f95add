package piece

import (
	"bytes"
	"encoding/binary"
	"errors"
	"hash/crc32"
	"image"
	"image/jpeg"
	"image/png"
	"io"
	"strconv"
)

const signaturePNG = "\x89PNG\r\n\x1a\n"

// mesurer bounds the pixels that a picture announces, before anything is done with it.
func mesurer(c image.Config, err error, maxPixels int64) *Faute {
	switch pixels := int64(c.Width) * int64(c.Height); {
	case errors.Is(err, io.ErrUnexpectedEOF) || errors.Is(err, io.EOF):
		return &Faute{Defaut: Tronque, Lieu: "header"}
	case err != nil:
		return &Faute{Defaut: Abime, Lieu: err.Error()}
	case pixels <= 0:
		return &Faute{Defaut: Abime, Lieu: "no pixels"}
	case c.Width > 1<<20 || c.Height > 1<<20 || pixels > maxPixels:
		return &Faute{Defaut: TropGrand, Nombre: pixels}
	}
	return nil
}

// examinerPNG walks the chunks of a PNG: length, type, content, checksum, up to IEND. Bytes after IEND are
// nobody's, and no reader minds them.
func examinerPNG(b []byte, maxPixels int64) *Faute {
	c, err := png.DecodeConfig(bytes.NewReader(b))
	if f := mesurer(c, err, maxPixels); f != nil {
		return f
	}
	data := false
	for i := len(signaturePNG); ; {
		if len(b)-i < 12 {
			return &Faute{Defaut: Tronque, Lieu: "chunk at byte " + strconv.Itoa(i)}
		}
		n := int64(binary.BigEndian.Uint32(b[i:]))
		if n > int64(len(b)-i-12) {
			return &Faute{Defaut: Tronque, Lieu: "chunk at byte " + strconv.Itoa(i)}
		}
		end := i + 8 + int(n)
		if crc32.ChecksumIEEE(b[i+4:end]) != binary.BigEndian.Uint32(b[end:]) {
			return &Faute{Defaut: Abime, Lieu: "checksum of the chunk at byte " + strconv.Itoa(i)}
		}
		switch string(b[i+4 : i+8]) {
		case "IDAT":
			data = true
		case "IEND":
			if !data {
				return &Faute{Defaut: Abime, Lieu: "no IDAT"}
			}
			return nil
		}
		i = end + 4
	}
}

// The markers of a JPEG that have a meaning for its structure.
const (
	markerSOS = 0xDA
	markerEOI = 0xD9
)

// examinerJPG walks the segments of a JPEG up to its end marker. Cameras add their own data after it.
func examinerJPG(b []byte, maxPixels int64) *Faute {
	c, err := jpeg.DecodeConfig(bytes.NewReader(b))
	if f := mesurer(c, err, maxPixels); f != nil {
		return f
	}
	scan := false
	for i := 2; ; {
		marker, at := nextMarker(b, i, scan)
		switch {
		case marker < 0:
			return &Faute{Defaut: Tronque, Lieu: "no end of image"}
		case at > i && !scan:
			return &Faute{Defaut: Abime, Lieu: "no segment at byte " + strconv.Itoa(i)}
		case marker == markerEOI && !scan:
			return &Faute{Defaut: Abime, Lieu: "no image data"}
		case marker == markerEOI:
			return nil
		case len(b)-at < 4:
			return &Faute{Defaut: Tronque, Lieu: "segment at byte " + strconv.Itoa(at)}
		}
		n := int(binary.BigEndian.Uint16(b[at+2:]))
		if n < 2 || n > len(b)-at-2 {
			return &Faute{Defaut: Tronque, Lieu: "segment at byte " + strconv.Itoa(at)}
		}
		scan = scan || marker == markerSOS
		i = at + 2 + n
	}
}

// nextMarker finds the next marker from i on, and where it starts; marker is -1 when there is none. Inside
// the data of a scan, FF 00 is a byte and FF D0 to FF D7 only mark restarts.
func nextMarker(b []byte, i int, scan bool) (marker, at int) {
	for {
		n := bytes.IndexByte(b[i:], 0xFF)
		if n < 0 {
			return -1, i
		}
		at = i + n
		for i = at + 1; i < len(b) && b[i] == 0xFF; i++ { // FF may be repeated before a marker
		}
		switch {
		case i == len(b):
			return -1, at
		case scan && (b[i] == 0 || b[i] >= 0xD0 && b[i] <= 0xD7):
			continue
		}
		return int(b[i]), i - 1
	}
}
