# Sourced, not run: installs Debian's packages, where there are any and somebody may.

install_debian() {
    if ! command -v apt-get >/dev/null 2>&1; then
        return 1
    fi

    local as_root=()
    if [ "$(id -u)" -ne 0 ]; then
        as_root=(sudo -n)
    fi

    # RUNLEVEL keeps servers from being started that come with a service.
    "${as_root[@]}" apt-get update -qq \
        && "${as_root[@]}" env RUNLEVEL=1 DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$@"
}
