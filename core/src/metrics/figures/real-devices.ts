/** File systems that live in memory, in an image or in a program: they do not fill a disk. */
const unrealFileSystem = /^(?:tmpfs|ramfs|devtmpfs|squashfs|iso9660|udf|fuse\..*|nsfs|rpc_pipefs|efivarfs)$/;
/** Devices made by software, whose traffic passes a real one as well or never leaves the host. */
const unrealNetwork = /^(?:lo|veth.*|docker\d*|br-.*|virbr.*|cni.*|flannel.*|cali.*|vxlan.*|tun\d*|tap.*|ifb\d*|dummy\d*)$/;
/** Partitions and mappings: what is read from them is read from a whole disk. */
const unrealDisk =
  /^(?:loop\d+|ram\d+|zram\d+|dm-\d+|sr\d+|fd\d+|md\d+|[hsv]d[a-z]+\d+|xvd[a-z]+\d+|nvme\d+n\d+p\d+|mmcblk\d+p\d+|nbd\d+)$/;

/** Whether a mount counts as a disk. An overlay does where it is the root: those of containers show another mount's room. */
export const isRealMount = (fsType: string, mountpoint: string): boolean =>
  fsType === 'overlay' ? mountpoint === '/' : !unrealFileSystem.test(fsType);

export const isRealNetwork = (device: string): boolean => !unrealNetwork.test(device);

/** Whether it is a whole disk of the machine. */
export const isRealDisk = (device: string): boolean => !unrealDisk.test(device);
