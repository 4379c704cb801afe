#!/bin/sh
# bootstrap.sh: makes an unconfigured source tree ready for GNUmakefile.
#   Run by the top Makefile, in the top folder: installs the packages of
#   config/packages.txt that are missing, then runs ./configure with the
#   arguments given. Touches nothing when all of them are there.
set -eu

# Standard output: the packages of the list that are not installed.
missing_packages()
{
	for package in $(sed 's/#.*//' config/packages.txt); do
		status=$(dpkg-query -W -f '${db:Status-Status}' "$package" 2>/dev/null || true)
		test "$status" = installed || echo "$package"
	done
}

as_root()
{
	if test "$(id -u)" = 0; then
		"$@"
	elif command -v sudo >/dev/null; then
		sudo "$@"
	else
		echo "Neither root nor sudo: as root, run" >&2
		echo "    $*" >&2
		exit 1
	fi
}

if command -v dpkg-query >/dev/null && command -v apt-get >/dev/null; then
	missing=$(missing_packages | tr '\n' ' ')
	if test -n "$missing"; then
		echo "Installing: $missing"
		as_root apt-get -q update
		# shellcheck disable=SC2086
		as_root env DEBIAN_FRONTEND=noninteractive \
			apt-get -q install -y --no-install-recommends $missing
	fi
else
	echo "Not a Debian system: what config/packages.txt lists has to be there already." >&2
fi

./configure --silent "$@"
