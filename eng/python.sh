# Sourced, not run: sees to it that python3 is there, or says what to install.
. eng/debian.sh

ensure_python() {
    if command -v python3 >/dev/null 2>&1; then
        return 0
    fi

    echo "python3 is missing: installing it"
    if install_debian python3; then
        return 0
    fi

    echo "python3 is missing and could not be installed here. Install it (Debian, Ubuntu: apt-get install python3; Fedora: dnf install python3; Alpine: apk add python3)." >&2
    return 1
}
