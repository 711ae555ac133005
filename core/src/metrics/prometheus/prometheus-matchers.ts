/** The same choice as `isRealMount` and `isRealNetwork` make, as matchers of PromQL. */
export const MATCHED_FILE_SYSTEMS = String.raw`fstype!~"tmpfs|ramfs|devtmpfs|squashfs|iso9660|udf|overlay|fuse\\..*|nsfs"`;
export const MATCHED_NETWORKS = String.raw`device!~"lo|veth.*|docker[0-9]*|br-.*|virbr.*|cni.*|flannel.*|cali.*|vxlan.*|tun[0-9]*|tap.*|ifb[0-9]*|dummy[0-9]*"`;
