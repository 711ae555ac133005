#!/bin/bash
# One host in the foreground: own mounts, users, hostname, processes, network and uptime; systemd is its first process.
#   run-host.sh NAME DISK BASE SOCKETS PORTS < a line with root's password, then public keys
# DISK keeps what the host has written over BASE. SOCKETS gets PORT.sock for each of PORTS (a comma between two); apt.sock, the way out
# for apt, stands in the folder above. ICT_CGROUP is a cgroup v2 folder for this host alone.
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
exec unshare "${user[@]}" --mount --uts --ipc --pid --cgroup --net --time --boottime "-$(cut -d. -f1 /proc/uptime)" \
  --fork --kill-child --propagation private /bin/bash -eu -c '
name=$1 disk=$2 base=$3 sockets=$4 ports=$5 root=$2/root
mount -t overlay overlay -o "lowerdir=$base,upperdir=$disk/upper,workdir=$disk/work$6" "$root"
mount -t proc proc "$root/proc"
mount -t sysfs sysfs "$root/sys"
mount -t cgroup2 cgroup2 "$root/sys/fs/cgroup"
mount -t tmpfs -o mode=755,size=1m tmpfs "$root/dev"
for device in null zero full random urandom tty; do : > "$root/dev/$device"; mount --bind "/dev/$device" "$root/dev/$device"; done
mkdir "$root/dev/pts" "$root/dev/shm"
ln -s /proc/self/fd "$root/dev/fd"; ln -s pts/ptmx "$root/dev/ptmx"
ln -s /proc/self/fd/0 "$root/dev/stdin"; ln -s /proc/self/fd/1 "$root/dev/stdout"; ln -s /proc/self/fd/2 "$root/dev/stderr"
mount -t devpts -o newinstance,gid=5,mode=620,ptmxmode=666 devpts "$root/dev/pts"
mount -t tmpfs -o mode=1777 tmpfs "$root/dev/shm"
mount -t tmpfs -o mode=755 tmpfs "$root/run"
mkdir -p "$root/run/sshd" "$root/run/lock"
# A boot id of its own: without one, who waits for a reboot waits for ever.
cat /proc/sys/kernel/random/uuid > "$root/run/.boot_id"; mount --bind "$root/run/.boot_id" "$root/proc/sys/kernel/random/boot_id"
: > "$root/run/.apt.sock"; mount --bind "$sockets/../apt.sock" "$root/run/.apt.sock"
chroot "$root" ip link set lo up
chroot "$root" hostname "$name"
IFS= read -r password; keys=$(cat)
if [ ! -f "$root/etc/.ict-host" ]; then
  echo "$name" > "$root/etc/hostname"; printf "127.0.0.1 localhost\n127.0.1.1 %s\n" "$name" > "$root/etc/hosts"
  chroot "$root" ssh-keygen -q -t ed25519 -N "" -C "root@$name" -f /etc/ssh/ssh_host_ed25519_key
  mkdir -p "$root/root/.ssh"; chmod 700 "$root/root/.ssh"
  printf "%s\n" "$keys" > "$root/root/.ssh/authorized_keys"; chmod 600 "$root/root/.ssh/authorized_keys"
  if [ -n "$password" ]; then printf "root:%s\n" "$password" | chroot "$root" chpasswd -c SHA512; fi
  printf "%s\n" "HostKey /etc/ssh/ssh_host_ed25519_key" "PermitRootLogin yes" "UsePAM no" "UseDNS no" > "$root/etc/ssh/sshd_config.d/ict.conf"
  printf "%s\n" "Acquire::http::Proxy \"http://127.0.0.1:3142\";" > "$root/etc/apt/apt.conf.d/01ict"
  : > "$root/etc/machine-id"; : > "$root/etc/.ict-host"
fi
cp "$root/etc/ssh/ssh_host_ed25519_key.pub" "$disk/host-key.pub"
# These end with the host, being among its processes; a connection left open after a reboot would look like the old host.
for port in ${ports//,/ }; do
  socat -t1 "UNIX-LISTEN:$sockets/$port.sock,unlink-early,mode=600,fork" "TCP:127.0.0.1:$port" < /dev/null > /dev/null 2>&1 &
done
socat TCP-LISTEN:3142,bind=127.0.0.1,reuseaddr,fork UNIX-CONNECT:/run/.apt.sock < /dev/null > /dev/null 2>&1 &
# Each has to hold what it needs of the outside before that goes away.
for port in ${ports//,/ }; do until [ -S "$sockets/$port.sock" ]; do sleep 0.01; done; done
until grep -q " 0100007F:0C46 " /proc/net/tcp; do sleep 0.01; done
cd "$root"; mkdir -p .old; pivot_root . .old; cd /; umount -l /.old; rmdir /.old
exec env -i PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin container=ict /sbin/init < /dev/null
' ict-host "$1" "$disk" "$3" "$4" "$5" "$options"
