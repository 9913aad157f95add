package main

import "github.com/nyaruka/phonenumbers"

// plausibleAbroad tells whether a number of a country other than France, "+32 …", can exist: its country
// has a prefix and numbers of that length. Ranges are not looked at: countries open new ones all the time.
func plausibleAbroad(number []byte) bool {
	n, err := phonenumbers.Parse(string(number), "")
	return err == nil && phonenumbers.IsPossibleNumber(n)
}
