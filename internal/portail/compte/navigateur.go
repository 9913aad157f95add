package compte

import "strings"

// Browsers name the others before themselves: the first of these that is found is the one.
var navigateurs = [][2]string{
	{"Edg/", "Edge"}, {"OPR/", "Opera"}, {"Firefox/", "Firefox"}, {"FxiOS/", "Firefox"}, {"CriOS/", "Chrome"},
	{"Chrome/", "Chrome"}, {"Safari/", "Safari"}, {"curl/", "curl"},
}

var systemes = [][2]string{
	{"Windows", "Windows"}, {"Android", "Android"}, {"iPhone", "iPhone"}, {"iPad", "iPad"}, {"Mac OS X", "macOS"}, {"Linux", "Linux"},
}

// navigateur says in a few words what a browser says of itself at length; "" when it is none that we know.
func navigateur(agent string) string {
	return strings.TrimPrefix(strings.TrimSuffix(premierDe(navigateurs, agent)+", "+premierDe(systemes, agent), ", "), ", ")
}

func premierDe(noms [][2]string, agent string) string {
	for _, n := range noms {
		if strings.Contains(agent, n[0]) {
			return n[1]
		}
	}
	return ""
}
