/**
 * The sandbox's own price of a server for one day, roubles: the provider has no price endpoint and its figures are not public as
 * data. It only decides whether a create ends in `NeedMoney`; nothing is ever charged.
 */
export const dailyPrice = (server: { cpu: number; ram: number; hdd: number; hddType: string; isHighPerformance: boolean }): number => {
  const pool = server.isHighPerformance ? 2 : 1;
  return pool * (server.cpu * 5 + (server.ram / 1024) * 5) + server.hdd * (server.hddType === 'SSD' ? 0.4 : 0.2);
};
