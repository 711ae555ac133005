/** Numbers in the reader's language, with their units. */
export interface FigureFormat {
  /** `12%` of a ratio. */
  percent(ratio: number): string;
  /** `1.2 GB`, in units of 1024 under the names that panels use for them. */
  bytes(bytes: number): string;
  /** `1.2 MB/s`. */
  rate(bytesPerSecond: number): string;
  /** `1.2/2 GB`: both in the unit of the larger. */
  share(used: number, total: number): string;
  /** `0.25`. */
  number(value: number): string;
  /** `3 days`, `5 hr`, `12 min`: the largest unit only. */
  span(seconds: number): string;
  /** `10:42`; with the day when that is another one. */
  moment(ms: number, nowMs: number): string;
  /** Day and time to the second. */
  fullMoment(ms: number): string;
}

/** Whole bytes are finer than anybody asks for. */
const units = ['kilobyte', 'megabyte', 'gigabyte', 'terabyte', 'petabyte'] as const;
const DAY_SECONDS = 86_400;

/** `language` is a BCP 47 tag. */
export function createFigureFormat(language: string): FigureFormat {
  const percents = whenUsed(() => new Intl.NumberFormat(language, { style: 'percent', maximumFractionDigits: 0 }));
  const plain = whenUsed(() => new Intl.NumberFormat(language, { maximumFractionDigits: 2 }));
  const time = whenUsed(() => new Intl.DateTimeFormat(language, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }));
  const dayAndTime = whenUsed(
    () => new Intl.DateTimeFormat(language, { day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }),
  );
  const full = whenUsed(() => new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeStyle: 'medium', hourCycle: 'h23' }));
  const inUnit = (unit: string, digits: number): Intl.NumberFormat => {
    const key = `${unit} ${digits}`;
    const known = formats.get(key);
    if (known) return known;
    const made = new Intl.NumberFormat(language, { style: 'unit', unit, unitDisplay: 'short', maximumFractionDigits: digits });
    formats.set(key, made);
    return made;
  };
  const formats = new Map<string, Intl.NumberFormat>();
  const inBytes = (bytes: number, suffix: string): string => {
    const power = powerOf(bytes);
    const value = bytes / 1024 ** (power + 1);
    return inUnit(`${units[power]}${suffix}`, digitsOf(value)).format(value);
  };
  return {
    percent: (ratio) => percents().format(ratio),
    bytes: (bytes) => inBytes(bytes, ''),
    rate: (bytesPerSecond) => inBytes(bytesPerSecond, '-per-second'),
    share: (used, total) => {
      const power = powerOf(total);
      const value = used / 1024 ** (power + 1);
      return `${new Intl.NumberFormat(language, { maximumFractionDigits: digitsOf(value) }).format(value)}/${inBytes(total, '')}`;
    },
    number: (value) => plain().format(value),
    span: (seconds) => {
      if (seconds < 3600) return inUnit('minute', 0).format(Math.floor(seconds / 60));
      return seconds < 2 * DAY_SECONDS
        ? inUnit('hour', 0).format(Math.floor(seconds / 3600))
        : inUnit('day', 0).format(Math.floor(seconds / DAY_SECONDS));
    },
    moment: (ms, nowMs) => (new Date(ms).toDateString() === new Date(nowMs).toDateString() ? time() : dayAndTime()).format(ms),
    fullMoment: (ms) => full().format(ms),
  };
}

/** Makes a format when it is first used: the first one of all loads the language's data, which an editor's start should not wait for. */
function whenUsed<Format>(make: () => Format): () => Format {
  let made: Format | undefined;
  return () => (made ??= make());
}

/** Index of the largest unit in which the number is at least 1, as it is shown. */
const powerOf = (bytes: number): number => {
  let power = 0;
  for (let value = bytes / 1024; value >= 999.5 && power < units.length - 1; value /= 1024) power += 1;
  return power;
};

const digitsOf = (value: number): number => (value < 9.95 ? 1 : 0);
