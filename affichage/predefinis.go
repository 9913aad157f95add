package affichage

// predefinis are the formats that have numbers only (ISO/IEC 29500-1, 18.8.30). Those that follow the machine are
// written as a French one shows them.
var predefinis = map[int]string{
	1: `0`, 2: `0.00`, 3: `#,##0`, 4: `#,##0.00`, 5: `#,##0 "€"`, 6: `#,##0 "€"`, 7: `#,##0.00 "€"`, 8: `#,##0.00 "€"`,
	9: `0%`, 10: `0.00%`, 11: `0.00E+00`, 12: `# ?/?`, 13: `# ??/??`,
	14: `dd/mm/yyyy`, 15: `d-mmm-yy`, 16: `d-mmm`, 17: `mmm-yy`, 18: `h:mm AM/PM`, 19: `h:mm:ss AM/PM`, 20: `hh:mm`, 21: `hh:mm:ss`,
	22: `dd/mm/yyyy hh:mm`, 37: `#,##0;-#,##0`, 38: `#,##0;-#,##0`, 39: `#,##0.00;-#,##0.00`, 40: `#,##0.00;-#,##0.00`,
	41: `#,##0`, 42: `#,##0 "€"`, 43: `#,##0.00`, 44: `#,##0.00 "€"`, 45: `mm:ss`, 46: `[h]:mm:ss`, 47: `mm:ss.0`, 48: `##0.0E+0`,
}

// autreDate is a date of a language of Asia.
const autreDate = `[$-F800]yyyy/mm/dd`

// Predefini returns the format of a number, that of cells without a format for a number that has none.
func Predefini(id int) *Format {
	if id >= 27 && id <= 31 || id == 36 || id >= 50 && id <= 54 || id == 57 || id == 58 {
		return Lire(autreDate)
	}
	if code, ok := predefinis[id]; ok {
		return Lire(code)
	}
	return Lire("General")
}
