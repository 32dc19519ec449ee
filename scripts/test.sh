#!/bin/sh
# Runs all tests. SQLite is built in, so nothing has to be started; what a machine lacks for a part of the tests is said
# here, installed where that is possible, and left out loudly where it isn't.
set -eu
cd "$(dirname "$0")/.."

note() { printf 'test: %s\n' "$*" >&2; }

install() { # program package
	command -v "$1" >/dev/null 2>&1 && return 0
	sudo=""
	if [ "$(id -u)" != 0 ]; then
		if command -v sudo >/dev/null 2>&1 && sudo -n true 2>/dev/null; then sudo="sudo -n"; else
			note "$1 is missing and there are no rights to install it; tests that compare with it are skipped"
			return 0
		fi
	fi
	if command -v apt-get >/dev/null 2>&1; then
		note "installing $2"
		$sudo apt-get install -y -q --no-install-recommends "$2" >/dev/null 2>&1 ||
			{ $sudo apt-get update -q >/dev/null 2>&1 && $sudo apt-get install -y -q --no-install-recommends "$2" >/dev/null 2>&1; } ||
			note "$2 can't be installed here; tests that compare with $1 are skipped"
	else
		note "$1 is missing; tests that compare with it are skipped"
	fi
}

install sqlite3 sqlite3
# The server is started from its own folder, which is not on the path.
ls /usr/lib/postgresql/*/bin/postgres >/dev/null 2>&1 || install postgres postgresql
install pgbouncer pgbouncer
[ -d ../shared/corpus ] || note "no corpus beside the project; its tests are skipped"

# Properties are drawn from one seed here, so that the same tree gives the same result; the nightly run draws anew.
drawn=$(grep -l 'pgregory.net/rapid' $(git ls-files '*_test.go') | xargs -n 1 dirname | sort -u | sed 's|^|./|')
others=$(go list ./... | grep -vxF "$(go list $drawn)")
# -count=1: the cache knows nothing of the commands that some tests build and run.
go test -count=1 -timeout 20m $others
go test -count=1 -timeout 20m $drawn -rapid.seed="${RAPID_SEED:-20261124}"

if [ "$(go env CGO_ENABLED)" = 1 ] && command -v "$(go env CC)" >/dev/null 2>&1; then
	# Where goroutines and processes meet: locks, transactions, upgraders at once.
	go test -race -timeout 20m ./planner/execute -rapid.seed="${RAPID_SEED:-20261124}"
	go test -race -timeout 20m ./drivers/sqlite -run 'Begin|Wait|Commit|Transactions|Processes|Context' -rapid.seed="${RAPID_SEED:-20261124}"
else
	note "no C compiler: the race detector is left out"
fi
