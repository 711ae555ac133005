/** Names of devices on Windows, in every folder and with every extension (Microsoft, "Naming Files, Paths, and Namespaces"). */
const DEVICE_NAME = /^(?:con|prn|aux|nul|conin\$|conout\$|(?:com|lpt)[0-9¹²³])$/i;

/** Whether Windows takes a name of a file or folder for a device: `con`, `NUL.txt`, `aux `. The same on every system. */
export const isReservedName = (name: string): boolean => DEVICE_NAME.test((/^[^.:]*/.exec(name)?.[0] ?? '').trimEnd());
