#!/bin/bash
# The inside of a host, up to its systemd: street.sh starts it in the host's namespaces, with the street's network as descriptor 9.
set -eu
name=$1 disk=$2 base=$3 sockets=$4 address=$5 options=$6 root=$2/root
mount -t overlay overlay -o "lowerdir=$base,upperdir=$disk/upper,workdir=$disk/work$options" "$root"
mount -t proc proc "$root/proc"
# Its own end of the cable: number 1 is the host's first process, and newer versions of ip look for it in /proc.
nsenter --net=/proc/self/fd/9 chroot "$root" ip link set eth0 netns 1
chroot "$root" ip -batch - << END
link set lo up
address add $address/24 dev eth0
link set eth0 up
route add default via ${address%.*}.1
END
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
chroot "$root" hostname "$name"
IFS= read -r password; keys=$(cat)
if [ ! -f "$root/etc/.ict-host" ]; then
  echo "$name" > "$root/etc/hostname"; printf "127.0.0.1 localhost\n127.0.1.1 %s\n" "$name" > "$root/etc/hosts"
  chroot "$root" ssh-keygen -q -t ed25519 -N "" -C "root@$name" -f /etc/ssh/ssh_host_ed25519_key
  mkdir -p "$root/root/.ssh"; chmod 700 "$root/root/.ssh"
  printf "%s\n" "$keys" > "$root/root/.ssh/authorized_keys"; chmod 600 "$root/root/.ssh/authorized_keys"
  if [ -n "$password" ]; then printf "root:%s\n" "$password" | chroot "$root" chpasswd -c SHA512; fi
  printf "%s\n" "HostKey /etc/ssh/ssh_host_ed25519_key" "PermitRootLogin yes" "UsePAM no" "UseDNS no" > "$root/etc/ssh/sshd_config.d/ict.conf"
  printf "%s\n" "Acquire::http::Proxy \"http://127.0.0.1:3142\";" "Acquire::Languages \"none\";" > "$root/etc/apt/apt.conf.d/01ict"
  # A host need not outlive a power cut of this machine, and without waiting for the disk packages install faster.
  echo force-unsafe-io > "$root/etc/dpkg/dpkg.cfg.d/ict"
  : > "$root/etc/machine-id"; : > "$root/etc/.ict-host"
fi
cp "$root/etc/ssh/ssh_host_ed25519_key.pub" "$disk/host-key.pub"
# Both end with the host, being among its processes. The door stands in the street, and keeps the machine's files for what it starts.
ICT_HOST_ADDRESS=$address nsenter --net=/proc/self/fd/9 unshare --mount \
  socat "UNIX-LISTEN:$sockets/door.sock,unlink-early,mode=600,fork,backlog=128" "EXEC:bash connect.sh,nofork" < /dev/null > /dev/null 2>&1 &
socat TCP-LISTEN:3142,bind=127.0.0.1,reuseaddr,fork UNIX-CONNECT:/run/.apt.sock < /dev/null > /dev/null 2>&1 9<&- &
# The second has to hold what it needs of the outside before that goes away.
until [ -S "$sockets/door.sock" ] && grep -q " 0100007F:0C46 " /proc/net/tcp; do sleep 0.01; done
exec 9<&-
cd "$root"; mkdir -p .old; pivot_root . .old; cd /; umount -l /.old; rmdir /.old
exec env -i PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin container=ict /sbin/init < /dev/null
