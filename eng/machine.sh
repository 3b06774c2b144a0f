#!/usr/bin/env bash
# Runs tests of the Python runner in an emulated machine with a release of Debian, the next one if MACHINE_SUITE names no other:
# its kernel, its CPython, and control groups that are the machine's own; once as root and once as another user.
#   bash eng/machine.sh aarch64                                    control groups, layers, the live filter, the report
#   bash eng/machine.sh aarch64 --all                              every test of the runner, for hours
#   bash eng/machine.sh aarch64 --tests -class '*ControlGroup*'    what the arguments choose
#   bash eng/machine.sh aarch64 --command 'python3 --version'      a command in place of tests
#   MACHINE_SUITE=bookworm bash eng/machine.sh aarch64             the same on Linux 6.1 and CPython 3.11
#   MACHINE_PROCESSOR=max,pauth-impdef=on,sve-max-vq=1 bash …       the same on a processor with most that the emulator knows
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
. eng/debian.sh
. eng/debian-packages.sh
PATH=$PATH:/usr/sbin:/sbin

suite=${MACHINE_SUITE:-forky}
case $suite in
    bookworm) python=python3.11 ;;
    forky) python=python3.14 ;;
    *) echo "\`$suite\` is no release of Debian known here: bookworm or forky" >&2; exit 2 ;;
esac
architecture=${1:-}
case $architecture in
    aarch64) debian=arm64 dotnet=linux-arm64 console=ttyAMA0 emulator=(qemu-system-aarch64 -M virt -cpu "${MACHINE_PROCESSOR:-cortex-a76}") needed=qemu-system-arm ;;
    *) echo "\`$architecture\` is no architecture known here: aarch64" >&2; exit 2 ;;
esac
shift
ensure_installed "${emulator[0]}:$needed" cpio:cpio modprobe:kmod mke2fs:e2fsprogs xz:xz-utils

place=$PWD/artifacts/machine/$architecture-$suite
root=$place/root
packages=("linux-image-cloud-$debian" "$python" bash busybox-static coreutils dash grep libc-bin libstdc++6 mount procps sed util-linux ${MACHINE_PACKAGES:-})
made_from="$(cat eng/machine.sh eng/debian-packages.sh eng/machine/init) ${packages[*]}"
if [ "$(cat "$place/made-from" 2>/dev/null)" != "$made_from" ]; then
    rm -rf "$root" "$place/first" "$place/made-from"
    debian_packages "$place/debian" "$suite" "$debian" "${packages[@]}"
    unpack_debian "$place/debian" "$root"

    # What the packages' own scripts would have made; up to bookworm that is also one tree in place of two.
    for folder in bin lib sbin; do
        if [ -d "$root/$folder" ] && [ ! -L "$root/$folder" ]; then
            mkdir -p "$root/usr/$folder"
            cp -a "$root/$folder/." "$root/usr/$folder/"
            rm -rf "${root:?}/$folder"
            ln -s "usr/$folder" "$root/$folder"
        fi
    done
    [ -e "$root/usr/bin/sh" ] || ln -s dash "$root/usr/bin/sh"
    ln -sf "$python" "$root/usr/bin/python3"
    mkdir -p "$root"/{checkout,dev,etc,machine,proc,root,run,sys,tmp}
    printf '%s\n' 'root:x:0:0::/root:/bin/bash' 'other:x:1000:1000::/tmp:/bin/bash' 'nobody:x:65534:65534::/:/bin/false' > "$root/etc/passwd"
    printf '%s\n' 'root:x:0:' 'other:x:1000:' 'nogroup:x:65534:' > "$root/etc/group"
    printf '%s\n' '127.0.0.1 localhost' '::1 localhost' > "$root/etc/hosts"

    # The kernel stands beside the disk, and what it needs to read the disk in a file system in memory; the dummy is an interface that a program must not see.
    version=$(basename "$root"/usr/lib/modules/*)
    cp "$root/usr/lib/modules/$version/vmlinuz" "$place/kernel" 2>/dev/null || cp "$root/boot/vmlinuz-$version" "$place/kernel"
    depmod -b "$root/usr" "$version"
    mkdir -p "$place/first"/{bin,dev,disk,modules}
    cp "$root/usr/bin/busybox" "$place/first/bin/"
    cp eng/machine/init "$place/first/"
    number=10
    modprobe -d "$root/usr" -S "$version" --show-depends -a virtio_pci virtio_blk ext4 dummy | awk '$1 == "insmod" && !seen[$2]++ { print $2 }' | while read -r module; do
        case $module in
            *.xz) xz -dc "$module" ;;
            *) cat "$module" ;;
        esac > "$place/first/modules/$((number++))-$(basename "$module" .xz)"
    done
    (cd "$place/first" && find . | cpio --quiet --create --format=newc) | gzip -1 > "$place/initrd"
    rm -rf "$root/usr/lib/modules" "$root/usr/share"/{doc,locale,man} "$place/first"
    echo "$made_from" > "$place/made-from"
fi

# The tests with a runtime of their own, in a tree like that of the checkout.
for project in PolicyLayer.Sdk.PythonRunner.Tests PolicyLayer.Sdk.PythonRunner.TestHost; do
    dotnet publish "tests/$project" --configuration Release --runtime "$dotnet" --self-contained --nologo -v:quiet \
        -p:ArtifactsPath="$place/build" -p:PublishReadyToRun=true ${MACHINE_RUNTIME:+-p:RuntimeFrameworkVersion=$MACHINE_RUNTIME}
done
rm -rf "$root/checkout"
mkdir -p "$root/checkout/tests/PolicyLayer.Sdk.PythonRunner.Tests/Seccomp" "$root"/checkout/{artifacts,src}
cp -r docs PolicyLayer.Sdk.sln "$root/checkout/"
cp -r tests/PolicyLayer.Sdk.PythonRunner.Tests/Seccomp/Listings "$root/checkout/tests/PolicyLayer.Sdk.PythonRunner.Tests/Seccomp/"
cp -r "$place/build/publish" "$root/checkout/artifacts/"
cp eng/machine/start eng/machine/dotnet "$root/machine/"

chosen=(-namespace '*.ControlGroups' -namespace '*.Layers' -namespace '*.Reports')
command=
case ${1:-} in
    '') ;;
    --all) chosen=() ;;
    --tests) shift; chosen=("$@") ;;
    --command) command=$2 ;;
    *) echo "\`$1\` is no option: --all, --tests ARGUMENTS or --command COMMAND" >&2; exit 2 ;;
esac
tests=(/checkout/artifacts/publish/PolicyLayer.Sdk.PythonRunner.Tests/release_$dotnet/PolicyLayer.Sdk.PythonRunner.Tests -noColor -parallel none "${chosen[@]}")
declare -p tests command > "$root/machine/settings"

disk=$place/disk
rm -f "$disk"
mke2fs -q -t ext4 -d "$root" "$disk" 2G
timeout "${MACHINE_SECONDS:-3600}" "${emulator[@]}" -smp 2 -m 2G -nographic -no-reboot -nic none -kernel "$place/kernel" -initrd "$place/initrd" \
    -append "console=$console quiet panic=-1" -drive "file=$disk,format=raw,if=virtio,cache=unsafe" < /dev/null | tee "$place/log"
rm -f "$disk"
grep -q '^machine: ended with 0' "$place/log"
