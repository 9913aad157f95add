#!/usr/bin/env bash
# Installs the Debian packages that the tests need and that are missing; says nothing when all are there. Without root
# it unpacks into the cache what works from there, and names the rest with the command that installs it.
set -euo pipefail

cache=${GUICHET_CACHE:?}
racine=$cache/debian # what is unpacked, by its paths in the system

manquants=() # to install
depaquetables=() # works unpacked as well
command -v gcc >/dev/null || manquants+=(gcc libc6-dev)
command -v chromium >/dev/null || manquants+=(chromium)
command -v npm >/dev/null || manquants+=(nodejs npm)
command -v xmllint >/dev/null || depaquetables+=(libxml2-utils)
command -v initdb >/dev/null || compgen -G '/usr/lib/postgresql/*/bin/initdb' >/dev/null || depaquetables+=(postgresql)
# clamd is always unpacked, 1 MB, beside its library, 25 MB: its own package would start services and fetch 300 MB of
# signatures.
clamd=$cache/clamav/usr/sbin/clamd
compgen -G '/usr/lib/*/libclamav.so.*' >/dev/null || compgen -G "$racine/usr/lib/*/libclamav.so.*" >/dev/null || depaquetables+=(libclamav12)
# nginx as well, 2 MB: its package would start a server on port 80. What it is linked with is on every machine that has git.
nginx=$cache/nginx/usr/sbin/nginx
[ ${#manquants[@]} -eq 0 ] && [ ${#depaquetables[@]} -eq 0 ] && [ -x "$clamd" ] && [ -x "$nginx" ] && exit 0

mourir() {
	printf 'installer.sh: %s\n' "$@" >&2
	exit 1
}
command -v apt-get >/dev/null || mourir "this is no Debian machine: install what provides ${manquants[*]} ${depaquetables[*]}"

# Another apt or dpkg may be at work, as on machines that have just started: waited for, ten minutes at most.
apt() {
	local dit=$cache/apt.log essai
	for essai in $(seq 60); do
		"${sudo[@]}" env DEBIAN_FRONTEND=noninteractive apt-get -o DPkg::Lock::Timeout=600 "$@" >"$dit" 2>&1 && return
		grep -qiE 'could not get lock|unable to (acquire|lock)|is another process using it' "$dit" || break
		[ "$essai" -gt 1 ] || echo "installer.sh: another program is installing packages: waiting" >&2
		sleep 10
	done
	cat "$dit" >&2
	mourir "apt-get $1 has failed, see above"
}

# depaqueter unpacks a package, and what it needs and the system lacks, into the cache.
depaqueter() {
	local dossier
	dossier=$(mktemp -d)
	apt-get install -s --no-install-recommends "$@" | sed -n 's/^Inst \([^ ]*\).*/\1/p' | sort -u >"$dossier/noms" ||
		mourir "apt-get knows no package $*: have an administrator run apt-get update"
	echo "unpacking into $racine: $(tr '\n' ' ' <"$dossier/noms")" >&2
	(cd "$dossier" && xargs apt-get download -q <noms >/dev/null) || mourir "apt-get download has failed for $*"
	mkdir -p "$racine"
	for deb in "$dossier"/*.deb; do
		dpkg -x "$deb" "$racine"
	done
	rm -rf "$dossier"
}

# appeler makes a program that was unpacked one that can be called, with its own libraries.
appeler() {
	local programme
	for programme in "$@"; do
		[ -x "$programme" ] || continue
		printf '#!/bin/sh\nLD_LIBRARY_PATH=%s exec %s "$@"\n' "$(echo "$racine"/usr/lib/*-linux-gnu*)" "$programme" >"$cache/bin/$(basename "$programme")"
		chmod +x "$cache/bin/$(basename "$programme")"
	done
}

mkdir -p "$cache/bin"
sudo=()
racines=true
if [ "$(id -u)" -ne 0 ]; then
	sudo=(sudo -n)
	sudo -n true 2>/dev/null || racines=false
fi
if $racines; then
	if [ ${#manquants[@]} -gt 0 ] || [ ${#depaquetables[@]} -gt 0 ]; then
		echo "installing: ${manquants[*]} ${depaquetables[*]}" >&2
		apt update -q
		apt install -qy --no-install-recommends "${manquants[@]}" "${depaquetables[@]}"
	fi
else
	[ ${#depaquetables[@]} -eq 0 ] || depaqueter "${depaquetables[@]}"
	appeler "$racine"/usr/bin/xmllint "$racine"/usr/lib/postgresql/*/bin/{initdb,postgres}
fi
if ! [ -x "$clamd" ]; then
	mkdir -p "$cache/clamav"
	(cd "$cache/clamav" && apt-get download -q clamav-daemon >/dev/null && dpkg -x clamav-daemon_*.deb . && rm clamav-daemon_*.deb) ||
		mourir "clamav-daemon cannot be downloaded: have an administrator run apt-get update"
fi
if ! [ -x "$nginx" ]; then
	mkdir -p "$cache/nginx"
	(cd "$cache/nginx" && apt-get download -q nginx >/dev/null && dpkg -x nginx_*.deb . && rm nginx_*.deb) ||
		mourir "nginx cannot be downloaded: have an administrator run apt-get update"
fi
if ! $racines && ! [ -e "$clamd.bin" ]; then
	mv "$clamd" "$clamd.bin"
	appeler "$clamd.bin"
	mv "$cache/bin/clamd.bin" "$clamd"
fi
$racines || [ ${#manquants[@]} -eq 0 ] || mourir "missing, and only root can install: ${manquants[*]}" \
	"have an administrator run: apt-get install --no-install-recommends ${manquants[*]}"
