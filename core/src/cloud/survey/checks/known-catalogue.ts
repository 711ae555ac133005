/** Technical names of the data centres of 24 April 2023 (API reference, section 6). */
export const knownDataCentres: ReadonlySet<string> = new Set([
  'SdnSpb', 'SdnSpb2', 'SdnSpb3', 'DsMsk', 'DsMsk2', 'AhKz', 'AhKz02', 'TtkKz', 'MinskBy', 'MinskBy3', 'AvnMsk01', 'Vld01', 'Nsk01',
]); // prettier-ignore

/** Technical names of the provider's images of 24 April 2023 (API reference, section 4). */
export const knownImages: ReadonlySet<string> = new Set([
  'Ubuntu20.04x64', 'Ubuntu18.04x64', 'Debian11x64', 'Debian10x64', 'Debian9x64', 'CentOS7.5_x64', 'RockyLinux_v1', 'AlmaLinux_v2',
  'freebsd10x64', 'FreeBSD11x64', 'WinServer2012R2x64En', 'WinServer2012R2x64Ru', 'WinServer2016x64En', 'WinServer2016x64Ru',
  'WinServer2019x64En', 'WinServer2019x64Ru', 'WinServer2022x64En', 'WinServer2022x64Ru', 'CMSJoomla3CentOS7', 'CMSDrupal8CentOs7', 'VyOS',
]); // prettier-ignore
