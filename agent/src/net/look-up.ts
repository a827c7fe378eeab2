/** One address by the system's own `ping` and `arp`, through node-arp: the last rung of the ladder. */
import { getMAC } from 'node-arp'
import { isPlaceholderMac, parseIpv4, parseMac, type Mac } from '@ophav/shared/value'
import { isOnPath } from './neighbour-table.ts'

/** `ping` gives up on an absent host after about ten seconds at most. */
const TIMEOUT_MS = 15_000

/** @returns null where nobody answers; node-arp ends the process where a program is missing, so it is not asked then */
export async function lookUpMac(address: string): Promise<Mac | null> {
  if (parseIpv4(address) === null || !isOnPath('ping') || !isOnPath('arp')) return null
  return new Promise((resolve) => {
    const timer = setTimeout(() => resolve(null), TIMEOUT_MS)
    getMAC(address, (failed, text) => {
      clearTimeout(timer)
      const mac = failed || typeof text !== 'string' ? null : parseMac(text)
      resolve(mac !== null && !isPlaceholderMac(mac) ? mac : null)
    })
  })
}
