#!/usr/bin/env bash
# Runs every fuzz target that there is, one after the other, each for $FUZZTIME.
set -euo pipefail
grep -roE --include='*_test.go' --exclude-dir=bench '^func Fuzz[A-Za-z0-9_]+' . | sort | while IFS=: read -r fichier cible; do
	cible=${cible#func }
	paquet=$(dirname "$fichier")
	echo "fuzz: $paquet $cible"
	go test -run '^$' -fuzz "^$cible\$" -fuzztime "${FUZZTIME:?}" -fuzzminimizetime 1x "$paquet" </dev/null
done
