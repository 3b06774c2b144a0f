# Sourced, not run: brings packages of any Debian suite and architecture into a folder, past the machine's own packages.
# Nothing is installed or configured: the files are unpacked, and what was fetched is kept in the folder's archives.

# The keys that Debian signs with; without them nothing is fetched.
debian_keys=/usr/share/keyrings/debian-archive-keyring.gpg

# debian_packages FOLDER SUITE ARCHITECTURE PACKAGE...: fetches them and what they depend on, as FOLDER/archives/*.deb.
debian_packages() {
    local place=$1 suite=$2 architecture=$3
    shift 3
    if ! command -v apt-get >/dev/null 2>&1 || [ ! -f "$debian_keys" ]; then
        echo "packages of Debian need apt-get and $debian_keys (the package debian-archive-keyring)" >&2
        return 1
    fi

    mkdir -p "$place"/apt/{lists/partial,none} "$place/archives/partial"
    place=$(cd "$place" && pwd)
    # From wherever the machine has its own packages of Debian.
    local mirror
    mirror=$(apt-get indextargets --format '$(REPO_URI)' 'Created-By: Packages' | grep -m 1 '/debian/*$')
    if [ -z "$mirror" ]; then
        echo "apt-get knows no source of Debian's packages here" >&2
        return 1
    fi

    echo "deb [signed-by=$debian_keys] $mirror $suite main" > "$place/apt/sources.list"

    # Kernels ask for a program that makes initial file systems; ours is made by hand.
    printf '%s\n' 'Package: none' 'Status: install ok installed' 'Version: 1' 'Architecture: all' 'Maintainer: nobody' \
        'Provides: linux-initramfs-tool' 'Description: nothing' > "$place/apt/status"

    # The machine's own settings of apt stay, as a proxy; its packages, lists and sources do not count.
    local options=(-qq -o "Dir::Etc::SourceList=$place/apt/sources.list" -o "Dir::Etc::SourceParts=$place/apt/none" -o "Dir::Etc::Preferences=$place/apt/none" -o "Dir::Etc::PreferencesParts=$place/apt/none"
        -o "Dir::State=$place/apt" -o "Dir::State::Status=$place/apt/status" -o "Dir::Cache=$place/apt" -o "Dir::Cache::Archives=$place/archives"
        -o "APT::Architecture=$architecture" -o "APT::Architectures=$architecture" -o APT::Install-Recommends=false -o "APT::Sandbox::User=$(id -un)"
        -o Acquire::Languages=none -o Acquire::Retries=3)
    apt-get "${options[@]}" update && apt-get "${options[@]}" autoclean >/dev/null && apt-get "${options[@]}" --yes --download-only install "$@" >/dev/null
}

# unpack_debian FOLDER TARGET: the files of all packages that were fetched there, in one tree.
unpack_debian() {
    local package
    mkdir -p "$2"
    for package in "$1"/archives/*.deb; do
        dpkg-deb --extract "$package" "$2" || return 1
    done
}
