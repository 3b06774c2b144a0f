# Sourced, not run: sees to it that the servers are there which tests of shared counters start for themselves.

ensure_servers() {
    if [ -x /usr/bin/redis-server ] && ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1; then
        return 0
    fi

    if ! command -v apt-get >/dev/null 2>&1; then
        return 1
    fi

    local as_root=()
    if [ "$(id -u)" -ne 0 ]; then
        as_root=(sudo -n)
    fi

    # No cluster of the system's, and nothing that runs when the tests are over.
    echo "redis-server or postgresql is missing: installing them"
    "${as_root[@]}" apt-get update -qq \
        && "${as_root[@]}" env RUNLEVEL=1 DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends redis-server postgresql
}
