/** The kernel's table of neighbours: the rung below raw frames. */
import { execFile } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { promisify } from 'node:util'
import { isPlaceholderMac, parseIpv4, parseMac } from '@ophav/shared/value'
import type { Neighbour } from './network.ts'

/** Linux: proc(5), /proc/net/arp. The table is host-global in size and namespace-local in what it shows. */
const PROC_ARP = '/proc/net/arp'
/** ATF_COM of if_arp.h: the address has been resolved. */
const COMPLETE = 0x2

/** @returns null where the system has neither the file nor the program */
export async function readNeighbours(): Promise<Neighbour[] | null> {
  if (existsSync(PROC_ARP)) return parseProcArp(readFileSync(PROC_ARP, 'utf8'))
  const listed = await runArp()
  return listed === null ? null : parseArpCommand(listed)
}

/** Columns: IP address, HW type, flags, HW address, mask, device. */
export function parseProcArp(text: string): Neighbour[] {
  return text
    .split('\n')
    .slice(1)
    .flatMap((line) => {
      const [address = '', , flags = '0', hardware = '', , interfaceName = ''] = line.trim().split(/\s+/)
      const mac = parseMac(hardware)
      if (mac === null || isPlaceholderMac(mac) || parseIpv4(address) === null) return []
      return (Number(flags) & COMPLETE) === 0 ? [] : [{ address, mac, interfaceName }]
    })
}

/** `arp -a` of Windows, macOS and the BSDs: an IPv4 address and a MAC stand on each line, in this order. */
export function parseArpCommand(text: string): Neighbour[] {
  return text.split('\n').flatMap((line) => {
    const match =
      /\(?(\d{1,3}(?:\.\d{1,3}){3})\)?\s+(?:at\s+)?((?:[0-9a-f]{1,2}[:-]){5}[0-9a-f]{1,2})(?:.*\son\s+(\S+))?/i.exec(
        line,
      )
    const mac = parseMac(match?.[2] ?? '')
    if (!match?.[1] || mac === null || isPlaceholderMac(mac) || parseIpv4(match[1]) === null) return []
    return [{ address: match[1], mac, interfaceName: match[3] ?? '' }]
  })
}

/** How long the system's own program may take. */
const ARP_TIMEOUT_MS = 5_000

async function runArp(): Promise<string | null> {
  if (!isOnPath('arp')) return null
  try {
    const { stdout } = await promisify(execFile)('arp', ['-a', '-n'], {
      timeout: ARP_TIMEOUT_MS,
      windowsHide: true,
    })
    return stdout
  } catch {
    // Windows' arp knows no -n and needs none.
    return promisify(execFile)('arp', ['-a'], { timeout: ARP_TIMEOUT_MS, windowsHide: true }).then(
      ({ stdout }) => stdout,
      () => null,
    )
  }
}

/** Whether a program can be started by its name. */
export function isOnPath(program: string): boolean {
  const endings = process.platform === 'win32' ? ['.exe', '.cmd'] : ['']
  return (process.env['PATH'] ?? '')
    .split(delimiter)
    .some(
      (directory) =>
        directory !== '' && endings.some((ending) => existsSync(join(directory, program + ending))),
    )
}
