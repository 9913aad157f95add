#!/usr/bin/env bash
# Installs the Debian packages that the tests need and that are missing; says nothing when all are there.
set -euo pipefail

manquants=()
command -v gcc >/dev/null || manquants+=(gcc libc6-dev)
command -v chromium >/dev/null || manquants+=(chromium)
command -v npm >/dev/null || manquants+=(nodejs npm)
ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 || manquants+=(postgresql)
# clamd is unpacked into the cache, 1 MB, beside its installed library, 25 MB: its own package would start services and
# fetch 300 MB of signatures.
clamd=${GUICHET_CACHE:?}/clamav
{ [ -x "$clamd/usr/sbin/clamd" ] && ls /usr/lib/*/libclamav.so.* >/dev/null 2>&1; } || manquants+=(libclamav12)
[ ${#manquants[@]} -eq 0 ] && exit 0

sudo=()
[ "$(id -u)" -eq 0 ] || sudo=(sudo)
echo "installing: ${manquants[*]}" >&2
"${sudo[@]}" apt-get update -q >/dev/null
"${sudo[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -qy --no-install-recommends "${manquants[@]}" >/dev/null
if ! [ -x "$clamd/usr/sbin/clamd" ]; then
	mkdir -p "$clamd"
	(cd "$clamd" && apt-get download -q clamav-daemon >/dev/null && dpkg -x clamav-daemon_*.deb . && rm clamav-daemon_*.deb)
fi
