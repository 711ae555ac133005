#!/bin/bash
# The network outside of a host, then the host itself: run-host.sh starts it in a network namespace of its own, with one argument more.
# What comes from here reaches the host on its eth0 from another machine, so that its firewall has a say in it.
set -eu
base=$3 address=$5
# A closed port is to be known after 3 seconds; a way out that there is not, at once. Elsewhere than in a host's folder nothing is written.
echo 1 > /proc/sys/net/ipv4/tcp_syn_retries
echo 1 > /proc/sys/net/ipv4/ip_forward
# Lists of a host's ports are read often, and are as long as the whole machine's table without this (Linux 6.1 and newer).
{ echo 256 > /proc/sys/net/ipv4/tcp_child_ehash_entries; } 2> /dev/null || true
chroot "$base" ip -batch - << END
link set lo up
link add cable type veth peer name eth0
address add ${address%.*}.1/24 dev cable
link set cable up
END
exec 9< /proc/self/ns/net
exec unshare --mount --uts --ipc --pid --cgroup --net --time --boottime "-$(cut -d. -f1 /proc/uptime)" \
  --fork --kill-child --propagation private /bin/bash boot-host.sh "$@"
