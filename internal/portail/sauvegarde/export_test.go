package sauvegarde

// References is the query that lists kept files.
const References = references
