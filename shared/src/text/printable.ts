/** Text from devices made safe for a terminal or a log line. */

/**
 * C0 and C1 controls, and the bidirectional and invisible format characters with which a name can forge
 * the order of what a person reads (Unicode UAX #9, CVE-2021-42574).
 */
// oxlint-disable-next-line no-control-regex -- matching control characters is the purpose
const UNSAFE =
  /[\u0000-\u001f\u007f-\u009f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb]+/g

/** Half a character: what is left when something cut a text in its middle. */
const LONE_SURROGATE = /\p{Surrogate}/gu

/**
 * Replaces each run of control and direction characters by one space and cuts to `maxLength` characters,
 * with an ellipsis where something was cut.
 */
export function printable(text: string, maxLength = 200): string {
  const cut = text.length > maxLength * 4 ? text.slice(0, maxLength * 4) : text
  const clean = cut.replace(UNSAFE, ' ').replace(LONE_SURROGATE, '\ufffd').trim()
  const characters = [...clean]
  return characters.length > maxLength ? `${characters.slice(0, maxLength - 1).join('')}…` : clean
}
