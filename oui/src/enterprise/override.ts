/** Enterprise numbers whose use is not what the register says. */
import { CATALOGUE } from '../maker/catalogue.ts'
import type { MakerEntry } from '../maker/entry.ts'

/**
 * Agents and toolkits that ship in everybody's devices: the number names software, not a maker.
 * 8072 net-snmp, 2021 UCD-SNMP, 311 Microsoft's agent on any PC, 4413 Broadcom's switch toolkit, 10002 and 17409
 * toolkits of access points and cable gear, 99 SNMP Research, 3317 a routing stack's vendor, 6876 VMware, 12325 BSD,
 * 36 DEC's printer toolkit.
 */
const SOFTWARE = new Set([
  0, 99, 311, 1575, 2021, 3317, 4413, 4414, 6876, 7778, 8072, 10002, 12325, 15397, 16394, 17409, 23458, 26381,
  30803, 32473, 37476, 42780,
])

const byNumber = new Map<number, MakerEntry>()
for (const maker of CATALOGUE)
  for (const number of maker.enterprises) if (!byNumber.has(number)) byNumber.set(number, maker)

/** @returns the maker whose devices carry the number, `software` for one that names none, null to ask the register */
export const overrideOf = (number: number): MakerEntry | 'software' | null =>
  SOFTWARE.has(number) ? 'software' : (byNumber.get(number) ?? null)
