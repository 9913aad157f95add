package main

import (
	"os"

	"golang.org/x/sys/windows"
)

// understandsColours has a console of Windows take escape sequences for colours, and tells whether it does: older ones
// would show them. What Go writes to a console comes there as UTF-16, whatever its code page.
func understandsColours(f *os.File) bool {
	var mode uint32
	console := windows.Handle(f.Fd())
	if windows.GetConsoleMode(console, &mode) != nil {
		return false
	}
	return windows.SetConsoleMode(console, mode|windows.ENABLE_VIRTUAL_TERMINAL_PROCESSING) == nil
}
