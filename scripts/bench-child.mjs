// Calls one exported function of a bundled module, and prints what it gives as JSON: node scripts/bench-child.mjs FILE NAME [JSON…].
const [file = '', name = '', ...args] = process.argv.slice(2);
const module = await import(file);
const result = await module[name](...args.map((arg) => JSON.parse(arg)));
if (result !== undefined) console.log(JSON.stringify(result));
