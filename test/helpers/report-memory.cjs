// Preloaded by the benchmark: tells the parent the peak memory of this process at its end.
process.on('exit', () => process.send?.({ rssMb: process.resourceUsage().maxRSS / 1024 }));
process.channel?.unref();
