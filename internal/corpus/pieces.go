package corpus

import (
	"bytes"
	"fmt"
	"image"
	"image/jpeg"
	"image/png"
	"math/rand/v2"
)

// PDF makes a document of one blank page and about so many bytes.
func PDF(octets int) []byte {
	var b bytes.Buffer
	b.WriteString("%PDF-1.4\n")
	var offsets []int
	objet := func(content string) {
		offsets = append(offsets, b.Len())
		fmt.Fprintf(&b, "%d 0 obj\n%s\nendobj\n", len(offsets), content)
	}
	objet("<< /Type /Catalog /Pages 2 0 R >>")
	objet("<< /Type /Pages /Kids [3 0 R] /Count 1 >>")
	objet("<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] >>")
	if rest := octets - 500; rest > 0 {
		objet(fmt.Sprintf("<< /Length %d >>\nstream\n%s\nendstream", rest, bruit(rest)))
	}
	xref := b.Len()
	fmt.Fprintf(&b, "xref\n0 %d\n0000000000 65535 f \n", len(offsets)+1)
	for _, o := range offsets {
		fmt.Fprintf(&b, "%010d 00000 n \n", o)
	}
	fmt.Fprintf(&b, "trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n", len(offsets)+1, xref)
	return b.Bytes()
}

// bruit makes bytes that do not compress, the same for the same count.
func bruit(n int) []byte {
	b := make([]byte, n)
	r := rand.NewChaCha8([32]byte{byte(n), byte(n >> 8), byte(n >> 16)})
	_, _ = r.Read(b) // never fails
	return b
}

// Image makes a picture with something to see in it.
func Image(largeur, hauteur int) image.Image {
	m := image.NewGray(image.Rect(0, 0, largeur, hauteur))
	copy(m.Pix, bruit(len(m.Pix)))
	return m
}

// PNG makes a small picture.
func PNG(largeur, hauteur int) []byte {
	var b bytes.Buffer
	if err := png.Encode(&b, Image(largeur, hauteur)); err != nil {
		panic("corpus: " + err.Error())
	}
	return b.Bytes()
}

// JPG makes a small picture.
func JPG(largeur, hauteur int) []byte {
	var b bytes.Buffer
	if err := jpeg.Encode(&b, Image(largeur, hauteur), nil); err != nil {
		panic("corpus: " + err.Error())
	}
	return b.Bytes()
}
