/** When a device is left alone where the policy says nothing; apart from the schema, so that scans start without it. */

/** Tripled is what a device under strain shows; half a minute lets a watchdog restart it; two rests end the matter. */
export const DEFAULT_LATENCY = { factor: 3, restSeconds: 30, rests: 2 }
