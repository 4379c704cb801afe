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

# as_root COMMAND...
as_root()
{
	if test "$(id -u)" = 0; then
		"$@"
	else
		sudo "$@"
	fi
}

# install_packages PACKAGE...
install_packages()
{
	echo "Installing: $*"
	if test "$(id -u)" != 0 && ! command -v sudo >/dev/null; then
		echo "This takes root or sudo, and neither is here. As root, run" >&2
		echo "    apt-get update && apt-get install --no-install-recommends $*" >&2
		exit 1
	fi
	as_root apt-get -q update
	as_root env DEBIAN_FRONTEND=noninteractive apt-get -q install -y --no-install-recommends "$@"
}

if command -v dpkg-query >/dev/null && command -v apt-get >/dev/null; then
	missing=$(missing_packages)
	# shellcheck disable=SC2086
	test -z "$missing" || install_packages $missing
else
	echo "Not a Debian system: what config/packages.txt lists has to be there already." >&2
fi

./configure --silent "$@"
