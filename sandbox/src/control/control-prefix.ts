/** First segment of everything that is ours and not the provider's. */
export const CONTROL_PREFIX = '/_sandbox';
