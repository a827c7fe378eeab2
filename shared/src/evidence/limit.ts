/** How much of what a device says is kept. */

/**
 * The longest evidence value that is kept, in characters. Device documents (UPnP, ISAPI) stay well
 * below it; what is longer is cut by the probe, never refused, so that the rest of the reply counts.
 */
export const MAX_EVIDENCE_LENGTH = 16_384
