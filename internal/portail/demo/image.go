package demo

import (
	"bytes"
	"image"
	"image/color"
	"image/png"
	"math"
)

// scan draws the picture of a signed page, as a telephone takes it: lines of writing, and a signature below them.
func scan() ([]byte, error) {
	page := image.NewGray(image.Rect(0, 0, 620, 877))
	for i := range page.Pix {
		page.Pix[i] = 0xf6
	}
	trait := func(x, y, n int) {
		for i := range n {
			page.SetGray(x+i, y, color.Gray{Y: 0x50})
			page.SetGray(x+i, y+1, color.Gray{Y: 0x90})
		}
	}
	for ligne := range 24 {
		for x := 60; x < 500-(ligne%5)*40; x += 34 {
			trait(x, 90+ligne*22, 24+(x+ligne*7)%9)
		}
	}
	for i := range 1800 {
		t := float64(i) / 100
		x, y := 330+int(8*t+20*math.Sin(3*t)), 720+int(26*math.Sin(2*t)*math.Cos(t/3))
		page.SetGray(x, y, color.Gray{Y: 0x20})
		page.SetGray(x, y+1, color.Gray{Y: 0x20})
	}
	var b bytes.Buffer
	err := png.Encode(&b, page)
	return b.Bytes(), err
}
