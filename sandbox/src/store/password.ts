const letters = 'ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz23456789';

/** A password of a server: 8 letters and digits, as seen from the provider; without ones that look alike. */
export const createPassword = (random: () => number): string =>
  Array.from({ length: 8 }, () => letters[Math.floor(random() * letters.length)]).join('');
