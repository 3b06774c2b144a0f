# Sourced, not run: sees to it that the servers are there which tests of shared counters start for themselves.
. eng/debian.sh

ensure_servers() {
    if [ -x /usr/bin/redis-server ] && ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1; then
        return 0
    fi

    echo "redis-server or postgresql is missing: installing them"
    install_debian redis-server postgresql
}
