package valeur

import "regexp"

// elementsHTML begin the tags that a page of the web has and no other XML.
var elementsHTML = regexp.MustCompile(`(?i)<(?:!doctype\s+html|html|head|body|meta|title|script|form)(?:[\s/>]|$)`)

// PageWeb tells whether a text that begins with a tag is a page of the web, such as the one that asks to sign in again: servers send
// it whole or in parts.
func PageWeb(debut []byte) bool { return elementsHTML.Match(debut) }
