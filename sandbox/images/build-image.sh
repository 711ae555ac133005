#!/bin/bash
# Root file system of Debian for the hosts, made once: does nothing when it is there and whole.
#   build-image.sh SUITE FOLDER SOURCE...     SOURCE is a line of sources.list
# The result is FOLDER/root. Whoever calls holds a lock on FOLDER. Lines on standard error tell how far it is.
# As root, or as a user with subordinate ids.
set -eu
export PATH="$PATH:/usr/local/sbin:/usr/sbin:/sbin" LC_ALL=C.UTF-8
suite=$1 folder=$2; shift 2
mode=root inside=()
if [ "$(id -u)" != 0 ]; then mode=unshare inside=(unshare --user --map-root-user --map-auto); fi
is_whole() {
  local file
  for file in sbin/init usr/sbin/sshd usr/bin/python3 usr/bin/apt-get usr/sbin/ip etc/debian_version var/lib/dpkg/status; do
    [ -s "$1/root/$file" ] || { echo "image: $file is missing" >&2; return 1; }
  done
  [ "$(cat "$1/suite" 2> /dev/null)" = "$suite" ]
}
if [ -d "$folder" ]; then
  if is_whole "$folder"; then exit 0; fi
  "${inside[@]}" rm -rf "$folder"
fi
partial=$folder.partial
"${inside[@]}" rm -rf "$partial"; mkdir -p "$partial/root"; chmod 755 "$partial/root"
# Units that want what a host here has not: kernel modules, real disks, a screen; and timers that would download by themselves.
# dbus and logind stay: a reboot over SSH needs them.
masked="systemd-modules-load.service sys-kernel-debug.mount sys-kernel-tracing.mount dev-hugepages.mount dev-mqueue.mount
  sys-fs-fuse-connections.mount systemd-remount-fs.service apt-daily.timer apt-daily-upgrade.timer dpkg-db-backup.timer
  e2scrub_all.timer fstrim.timer getty.target console-getty.service"
hook='for unit in '$(echo $masked)'; do ln -sf /dev/null "$1/etc/systemd/system/$unit"; done
rm -f "$1"/etc/ssh/ssh_host_*; : > "$1/etc/machine-id"
sed -i "s,https://,http://,g" "$1/etc/apt/sources.list"'
packages=systemd,systemd-sysv,dbus,openssh-server,python3,python3-apt,iproute2,procps,sudo,netbase,ca-certificates,curl,nftables
mmdebstrap --mode="$mode" --variant=minbase --include="$packages" --keyring=/usr/share/keyrings/debian-archive-keyring.gpg \
  --customize-hook="$hook" "$suite" "$partial/image.tar" "$@"
echo "image: unpacking" >&2
# A user may make no devices, and every host mounts its own.
"${inside[@]}" tar --extract --numeric-owner --exclude="./dev/*" --file "$partial/image.tar" --directory "$partial/root"
rm "$partial/image.tar"
echo "$suite" > "$partial/suite"
is_whole "$partial"
mv "$partial" "$folder"
