package diag

// WindowsURI is how SARIF names a path of Windows, tried on any system.
var WindowsURI = windowsURI
