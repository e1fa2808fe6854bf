# What the scripts share: how they speak, and how they install a Debian package. Sourced, not run.
# shellcheck shell=bash

say() {
    printf '== %s\n' "$*" >&2
}

die() {
    printf 'error: %s\n' "$*" >&2
    exit 1
}

on_ci() {
    [ "${CI:-}" = true ] || [ "${CI:-}" = 1 ]
}

# Says what could not be had; on CI, where nobody reads it, that is a failure.
do_without() {
    if on_ci; then
        die "$*"
    fi
    say "$*"
}

# Installs Debian packages where that needs no question: as root, with apt. Services are not started: a test
# run must not leave a server behind. Fails, without a word, where it cannot be done.
install_packages() {
    local policy=/usr/sbin/policy-rc.d status=0
    [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null || return 1
    say "Installing $* (apt-get)"
    if [ -e "$policy" ]; then
        policy=
    else
        printf '#!/bin/sh\nexit 101\n' >"$policy"
        chmod 755 "$policy"
    fi
    {
        apt-get update -qq
        DEBIAN_FRONTEND=noninteractive apt-get install -qq --yes --no-install-recommends \
            -o DPkg::Lock::Timeout=300 "$@" </dev/null
    } >&2 || status=$?
    if [ -n "$policy" ]; then
        rm -f "$policy"
    fi
    return "$status"
}
