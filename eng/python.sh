# Sourced, not run: sees to it that python3 is there, or says what to install.

ensure_python() {
    if command -v python3 >/dev/null 2>&1; then
        return 0
    fi

    if command -v apt-get >/dev/null 2>&1; then
        local as_root=()
        if [ "$(id -u)" -ne 0 ]; then
            as_root=(sudo -n)
        fi

        echo "python3 is missing: installing it"
        if "${as_root[@]}" apt-get update -qq && "${as_root[@]}" apt-get install -y -qq --no-install-recommends python3; then
            return 0
        fi
    fi

    echo "python3 is missing and could not be installed here. Install it (Debian, Ubuntu: apt-get install python3; Fedora: dnf install python3; Alpine: apk add python3)." >&2
    return 1
}
