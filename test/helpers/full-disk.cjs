// Preloaded into programs: a disk that is full for files whose path matches ICT_FULL_DISK. They are made, take one byte, and then there
// is no room left, as ENOSPC happens.
const promises = require('node:fs/promises');

const pattern = new RegExp(process.env.ICT_FULL_DISK ?? '$^');
const { open } = promises;
const full = () => Object.assign(new Error('ENOSPC: no space left on device, write'), { code: 'ENOSPC' });

promises.open = async (path, ...rest) => {
  const handle = await open(path, ...rest);
  if (!pattern.test(String(path))) return handle;
  handle.writeFile = async (data) => {
    await handle.write(String(data).slice(0, 1));
    throw full();
  };
  return handle;
};
