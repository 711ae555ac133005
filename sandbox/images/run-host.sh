#!/bin/bash
# One host in the foreground: own mounts, users, hostname, processes, network and uptime; systemd is its first process.
#   run-host.sh NAME DISK BASE SOCKETS ADDRESS < a line with root's password, then public keys
# DISK keeps what the host has written over BASE. SOCKETS gets door.sock: connect.sh says how to get to a port of the host by it. apt.sock,
# the way out for apt, stands in the folder above. ADDRESS is the host's own, on eth0. ICT_CGROUP is a cgroup v2 folder for this host alone.
# Works as root, and as a user with subordinate ids, who is the host's root then.
# Ends by SIGHUP after a reboot from inside, by SIGINT after a poweroff.
set -eu
export PATH="$PATH:/usr/local/sbin:/usr/sbin:/sbin"
disk=$2
mkdir -p "$disk/upper" "$disk/work" "$disk/root"
chmod 755 "$disk/upper"
user=() options=
if [ "$(id -u)" != 0 ]; then user=(--user --map-root-user --map-auto) options=,userxattr; fi
echo $$ > "$ICT_CGROUP/cgroup.procs"
cd "$(dirname "$0")"
# The network namespace made here is the street: the host has its own, and a cable between the two.
exec unshare "${user[@]}" --net /bin/bash street.sh "$@" "$options"
