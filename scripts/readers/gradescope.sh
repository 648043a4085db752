#!/usr/bin/env bash
# A copy of Gradescope's container: a root of its own with this system's programs, an empty /autograder,
# the package index, and as much memory and processor as is given.
#
#   scripts/readers/gradescope.sh MEGABYTES PERCENT ZIP=SUBMISSION…     such as 768 50 ex3.zip=ex3_flatten.py
#
# Needs root, and control groups of version 1. setup.sh of the first zip runs once, without limits;
# each submission then with them, as Gradescope runs it. Prints what results.json says, the seconds and
# the memory.
set -euo pipefail
megabytes=$1 percent=$2
shift 2
root=$(mktemp -d "${TMPDIR:-/tmp}/gradescope.XXXXXX")
group=gradescope-$$
memory=/sys/fs/cgroup/memory/$group cpu=/sys/fs/cgroup/cpu/$group
mkdir "$memory" "$cpu"
trap 'rmdir "$memory" "$cpu"; rm -rf --one-file-system "$root"' EXIT
echo $((megabytes << 20)) >"$memory/memory.limit_in_bytes"
echo $((percent * 1000)) >"$cpu/cpu.cfs_quota_us"

# what is mounted is gone when the command has ended
inside() {
    unshare --mount --pid --fork --propagation private bash -ec '
        cd "$0"
        for each in bin lib lib64 sbin; do [ -L "/$each" ] && ln -sfn "$(readlink "/$each")" "$each"; done
        for each in usr etc opt; do
            mkdir -p "$each" && mount --bind "/$each" "$each" && mount -o remount,ro,bind "$each"
        done
        mkdir -p proc sys dev tmp root
        mount -t proc proc proc
        mount -t tmpfs tmpfs sys
        for each in memory cpu; do
            mkdir -p "sys/fs/cgroup/$each"
            mount --bind "/sys/fs/cgroup/$each/$1" "sys/fs/cgroup/$each"
        done
        mount -t tmpfs tmpfs dev
        for each in null zero random urandom full tty; do
            touch "dev/$each" && mount --bind "/dev/$each" "dev/$each"
        done
        mkdir dev/shm && mount -t tmpfs tmpfs dev/shm
        path=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin
        exec chroot . /usr/bin/env -i PATH=$path HOME=/root $(env | grep "^PIP_" || true) bash -c "$2"
    ' "$root" "$group" "$1"
}
limited() {
    bash -ec 'echo $$ >"$0/cgroup.procs"; echo $$ >"$1/cgroup.procs"; shift; exec "$@"' "$memory" "$cpu" "$@"
}
export -f inside
export root group

mkdir -p "$root/autograder"
first=1
for pair; do
    zip=${pair%%=*} submission=${pair#*=}
    rm -rf "$root/autograder/"{submission,results,run_autograder,source/course}
    mkdir -p "$root/autograder/"{source,submission,results}
    unzip -qo "$zip" -d "$root/autograder/source"
    cp "$root/autograder/source/run_autograder" "$root/autograder/"
    chmod +x "$root/autograder/run_autograder" "$root/autograder/source/setup.sh"
    cp "$submission" "$root/autograder/submission/"
    if [ -n "$first" ]; then
        begin=$SECONDS
        inside 'bash /autograder/source/setup.sh' >"$root/setup.log" 2>&1 || { tail -20 "$root/setup.log"; exit 1; }
        echo "setup.sh: $((SECONDS - begin)) s"
        first=
    fi
    echo 0 >"$memory/memory.max_usage_in_bytes"
    begin=$SECONDS
    limited bash -c 'inside /autograder/run_autograder' >"$root/run.log" 2>&1 || tail -5 "$root/run.log"
    python3 - "$root/autograder/results/results.json" <<'END'
import json, sys
found = json.load(open(sys.argv[1]))
print(found["output"])
print(sum(each["max_score"] for each in found["tests"]), "points in", len(found["tests"]), "checks")
END
    echo "$zip: $((SECONDS - begin)) s, $(($(cat "$memory/memory.max_usage_in_bytes") / 1000000)) MB"
done
