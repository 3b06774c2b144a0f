# Sourced, not run: installs Debian's packages, where there are any and somebody may.

# Sees to it that commands are there, or files by their whole paths, each written `what:package`; installs what is missing.
ensure_installed() {
    local need missing=()
    for need in "$@"; do
        command -v "${need%%:*}" >/dev/null || [[ $need == /* && -e ${need%%:*} ]] || missing+=("${need##*:}")
    done
    if [ ${#missing[@]} -gt 0 ]; then
        echo "missing, and installed: ${missing[*]}"
        install_debian "${missing[@]}" || { echo "$0 needs ${missing[*]}: install them" >&2; return 1; }
    fi
}

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
