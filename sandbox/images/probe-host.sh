#!/bin/bash
# Tries everything run-host.sh needs of the machine, in the folder it is given; its last line says what is missing.
#   probe-host.sh FOLDER
set -eu
export PATH="$PATH:/usr/local/sbin:/usr/sbin:/sbin"
folder=$1
mkdir -p "$folder/base/sub" "$folder/upper" "$folder/work" "$folder/root"
user=() options=
if [ "$(id -u)" != 0 ]; then user=(--user --map-root-user --map-auto) options=,userxattr; fi
echo $$ > "$ICT_CGROUP/cgroup.procs"
exec unshare "${user[@]}" --net /bin/bash -eu -c '
# A host gets a cable like this. Its own tool for that is in the image, which is not there yet.
if command -v ip > /dev/null; then ip link add cable type veth peer name eth0; fi
exec unshare --mount --uts --ipc --pid --cgroup --net --time --boottime -1 --fork --kill-child --propagation private /bin/bash -eu -c "$1" probe "$2" "$3"
' street '
mount -t overlay overlay -o "lowerdir=$1/base,upperdir=$1/upper,workdir=$1/work$2" "$1/root"
chown 1:1 "$1/root/sub"
mount -t proc proc "$1/root/sub"
mount -t sysfs sysfs "$1/root/sub"
mount -t cgroup2 cgroup2 "$1/root/sub"
mount -t devpts -o newinstance,gid=5,mode=620,ptmxmode=666 devpts "$1/root/sub"
' "$folder" "$options"
