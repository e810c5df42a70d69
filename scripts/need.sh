#!/bin/sh
# need.sh PACKAGE...: installs the Debian packages that are missing (on a Mac their Homebrew names), with sudo only where it must.
set -eu
if command -v dpkg-query >/dev/null 2>&1; then
    missing=
    for package in "$@"; do
        case $(dpkg-query -W -f='${Status}' "$package" 2>/dev/null) in
            *" installed") ;;
            *) missing="$missing $package" ;;
        esac
    done
    # pkgconf provides pkg-config on newer systems.
    if [ "$missing" = " pkg-config" ] && command -v pkg-config >/dev/null 2>&1; then missing=; fi
    [ -n "$missing" ] || exit 0
    echo "installing:$missing"
    sudo=
    [ "$(id -u)" = 0 ] || sudo=sudo
    $sudo env DEBIAN_FRONTEND=noninteractive apt-get update -qq
    # shellcheck disable=SC2086
    $sudo env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $missing
elif command -v brew >/dev/null 2>&1; then
    for package in "$@"; do
        case $package in
            libopenblas-dev) brew list openblas >/dev/null 2>&1 || brew install openblas ;;
            libsqlite3-dev) brew list sqlite >/dev/null 2>&1 || brew install sqlite ;;
            zlib1g-dev) brew list zlib >/dev/null 2>&1 || brew install zlib ;;
            libedit-dev) brew list libedit >/dev/null 2>&1 || brew install libedit ;;
            pkg-config) brew list pkgconf >/dev/null 2>&1 || brew install pkgconf ;;
        esac
    done
else
    echo "please install: $*" >&2
fi
