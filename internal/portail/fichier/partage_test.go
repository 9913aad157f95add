package fichier_test

import "runtime"

// partage tells whether other processes are seen: where the system has locks for it.
const partage = runtime.GOOS == "linux"
