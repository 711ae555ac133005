import type { StoredImage } from '../store/state-schema.ts';

type Family = StoredImage['family'];
type Row = readonly [id: number, displayName: string, name: string, family: Family, system: string];

/** Ids and names of the provider's list of 24 April 2023. Families and systems beyond Ubuntu 18.04 follow from the names. */
const rows: readonly Row[] = [
  [3492, 'Ubuntu 20.4 x64', 'Ubuntu20.04x64', 'Linux', 'Ubuntu'],
  [2169, 'Ubuntu 18.04 x64', 'Ubuntu18.04x64', 'Linux', 'Ubuntu'],
  [3783, 'Debian 11', 'Debian11x64', 'Linux', 'Debian'],
  [3782, 'Debian 10', 'Debian10x64', 'Linux', 'Debian'],
  [2364, 'Debian 9 x64', 'Debian9x64', 'Linux', 'Debian'],
  [2359, 'CentOS 7.9 x64', 'CentOS7.5_x64', 'Linux', 'CentOS'],
  [4112, 'Rocky Linux 8.7', 'RockyLinux_v1', 'Linux', 'RockyLinux'],
  [4113, 'AlmaLinux 8.7', 'AlmaLinux_v2', 'Linux', 'AlmaLinux'],
  [180, 'FreeBSD 10 x64', 'freebsd10x64', 'Bsd', 'FreeBSD'],
  [2360, 'FreeBSD 11.2 x64', 'FreeBSD11x64', 'Bsd', 'FreeBSD'],
  [3, 'Windows Server 2012 R2 x64 (En)', 'WinServer2012R2x64En', 'Windows', 'Windows'],
  [4, 'Windows Server 2012 R2 x64 (Ru)', 'WinServer2012R2x64Ru', 'Windows', 'Windows'],
  [1252, 'Windows Server 2016 x64 (En)', 'WinServer2016x64En', 'Windows', 'Windows'],
  [1253, 'Windows Server 2016 x64 (Ru)', 'WinServer2016x64Ru', 'Windows', 'Windows'],
  [3240, 'Windows Server 2019 x64 (En)', 'WinServer2019x64En', 'Windows', 'Windows'],
  [3241, 'Windows Server 2019 x64 (Ru)', 'WinServer2019x64Ru', 'Windows', 'Windows'],
  [3740, 'Windows Server 2022 x64 (En)', 'WinServer2022x64En', 'Windows', 'Windows'],
  [3742, 'Windows Server 2022 x64 (Ru)', 'WinServer2022x64Ru', 'Windows', 'Windows'],
  [113, 'Joomla 3 на CentOS 7', 'CMSJoomla3CentOS7', 'Linux', 'CentOS'],
  [1323, 'Drupal 8 на CentOS 7', 'CMSDrupal8CentOs7', 'Linux', 'CentOS'],
  [2049, 'VyOS 1.1.8 x64', 'VyOS', 'Linux', 'VyOS'],
];

/** Least disk: 10 GB was recorded for Ubuntu 18.04; 40 GB is the documented minimum of Windows servers. */
export const defaultImages: readonly StoredImage[] = rows.map(([id, displayName, name, family, system]) => ({
  id,
  name,
  displayName,
  family,
  dc: '',
  hdd: family === 'Windows' ? 40 : 10,
  system,
  type: 'GoldServer',
}));
