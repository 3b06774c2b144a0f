#!/usr/bin/env bash
# Runs tests of the Python runner in containers: under the filter of system calls that Docker has by default, and under
# Podman's, which permits namespaces; each as root, and as a user without any capability on a root that is read-only.
#   bash eng/container.sh              the attacks on all layers, and programs that must work
#   bash eng/container.sh ARGUMENTS    the tests that the arguments choose
# Needs root, /usr/bin/python3, and podman with runc, which it installs where apt-get can. The image is this machine's own /usr.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
. eng/debian.sh
profile=/usr/share/containers/seccomp.json
ensure_installed podman:podman runc:runc $profile:golang-github-containers-common

place=$PWD/artifacts/container
dotnet=$(dirname "$(readlink -f "$(command -v dotnet)")")
rm -rf "$place"
mkdir -p "$place"/tmp "$place"/root/{dev,etc,proc,run,sys,tmp,usr,var/tmp}
chmod 1777 "$place/tmp"
for name in bin sbin lib lib64; do
    ln -s "usr/$name" "$place/root/$name"
done
cp -a /etc/passwd /etc/group /etc/ld.so.cache /etc/alternatives "$place/root/etc/"

# Docker's differs in this: what makes or enters namespaces and mounts is for CAP_SYS_ADMIN alone, and a library that asks for clone3 is told to use clone.
python3 - "$profile" > "$place/docker.json" << 'PYTHON'
import json, sys

administrative = {
    'chroot', 'clone', 'clone3', 'fsconfig', 'fsmount', 'fsopen', 'fspick', 'keyctl', 'mount', 'mount_setattr', 'move_mount',
    'open_tree', 'pivot_root', 'setns', 'umount', 'umount2', 'unshare'}
profile = json.load(open(sys.argv[1]))
rules = [rule for rule in profile['syscalls'] if rule['action'] == 'SCMP_ACT_ALLOW']
for rule in rules:
    if not rule.get('includes', {}).get('caps'):
        rule['names'] = [name for name in rule['names'] if name not in administrative]
rules = [rule for rule in rules if rule['names']]
threads_and_processes = {'index': 0, 'value': 0x7E020000, 'valueTwo': 0, 'op': 'SCMP_CMP_MASKED_EQ'}
rules.append({'names': ['clone'], 'action': 'SCMP_ACT_ALLOW', 'args': [threads_and_processes], 'excludes': {'caps': ['CAP_SYS_ADMIN']}})
rules.append({'names': ['clone3'], 'action': 'SCMP_ACT_ERRNO', 'errnoRet': 38, 'excludes': {'caps': ['CAP_SYS_ADMIN']}})
json.dump(profile | {'defaultAction': 'SCMP_ACT_ERRNO', 'defaultErrnoRet': 1, 'syscalls': rules}, sys.stdout)
PYTHON

dotnet build tests/PolicyLayer.Sdk.PythonRunner.Tests --configuration Release --nologo -v:quiet
dotnet build src/PolicyLayer.Cli --configuration Release --nologo -v:quiet
tool=$PWD/artifacts/bin/PolicyLayer.Cli/release/PolicyLayer.Cli.dll
tests=$PWD/artifacts/bin/PolicyLayer.Sdk.PythonRunner.Tests/release/PolicyLayer.Sdk.PythonRunner.Tests.dll
chosen=(-method '*.MatrixTests.With_all_layers_nothing_succeeds' -method '*.CorpusTests.*')
[ $# -eq 0 ] || chosen=("$@")

contain() {
    podman --cgroup-manager=cgroupfs --runtime runc run --rm --network none --ulimit nofile=1024:1024 --ulimit nproc=4096:4096 "${options[@]}" \
        -v /usr:/usr:ro -v "$dotnet:$dotnet:ro" -v "$PWD:$PWD:ro" -v "$place/tmp:/tmp" -e HOME=/tmp -e PATH=/usr/bin:/bin --rootfs "$place/root" "$dotnet/dotnet" "$@"
}

status=0
for filter in docker podman; do
    for who in root user; do
        options=()
        level=full
        [ $filter = podman ] || { options+=(--security-opt "seccomp=$place/docker.json"); level=kernel; }
        [ $who = root ] || options+=(--read-only --cap-drop ALL --security-opt no-new-privileges --user 1000 --pids-limit 400 --memory 2g)
        echo "container: the filter of $filter, as $who"
        contain "$tool" python --report > "$place/report" || status=1
        grep '^level' "$place/report"
        grep -q "^level: $level " "$place/report" || { echo "expected: $level" >&2; status=1; }
        contain "$tests" -noColor "${chosen[@]}" || status=1
    done
done
echo "container: ended with $status"
exit $status
