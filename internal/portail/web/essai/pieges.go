package essai

import "strings"

// Pieges are what people and programs write to see whether something gives way.
func Pieges() []string {
	return []string{
		`<script>alert(1)</script>`, `"><img src=x onerror=alert(1)>`, `'-alert(1)-'`, `</title><script>alert(1)</script>`, `</textarea><script>alert(1)</script>`,
		`javascript:alert(1)`, `{{.}}`, `${7*7}`, `%s%d%n%!v(x`, `&lt;script&gt;alert(1)`, "=cmd|'/c calc'!A1", "+1+1", "-1+1", "@SUM(A1)", "\t=1+1", "\r=1+1", "＝1+1",
		"a\r\nBcc: autre@exemple.invalid", "a\r\n\r\n<script>alert(1)</script>", "a\nb", "\x00nul", "\x1b[31mrouge\x1b[0m", "\u202egnp.exe", "\u2066a\u2069b", "\u200b",
		"\ufeff", "e\u0301\u0301\u0301", "\xff\xfe", "'; DROP TABLE depot; --", "' OR '1'='1", "../../../etc/passwd", `..\..\x`, "CON", "%00%0d%0a", "null", "NaN",
		"🙂👨‍👩‍👧", "ﷺ", strings.Repeat("x", 3000), strings.Repeat("é", 119), ";a;b", `"a"`, "`id`",
	}
}
