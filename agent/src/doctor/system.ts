/** What of the system can spoil a scan: neighbour table, reverse path filter, disk, clock. */
import { readFileSync, statfsSync } from 'node:fs'
import { join } from 'node:path'
import type { LinkState } from '../net/network.ts'
import type { DoctorFinding } from './finding.ts'

/** arp(7): beyond gc_thresh3 entries the kernel drops neighbours without a word; this is its default. */
const USUAL_NEIGHBOURS = 1_024

export function findNeighbourLimit(addresses: number, hasFrames: boolean, root = '/'): DoctorFinding {
  const check = 'neighbour-table'
  const limit = number(join(root, 'proc/sys/net/ipv4/neigh/default/gc_thresh3'))
  if (limit === null) return { check, level: 'not-checked', says: 'this system does not tell' }
  const says = `room for ${limit} neighbours, ${addresses} addresses on links of this machine`
  if (limit >= Math.min(addresses, USUAL_NEIGHBOURS) && (hasFrames || limit >= addresses))
    return { check, level: 'ok', says }
  return {
    check,
    level: 'warn',
    says: `${says}: ${hasFrames ? 'the table is small' : 'without raw frames hosts may be missed'}`,
    advice: `sysctl -w net.ipv4.neigh.default.gc_thresh3=${Math.max(4_096, addresses * 2)} (and gc_thresh2 half of it)`,
  }
}

/** rp_filter of ip-sysctl: the higher of `all` and the interface counts. 1 and 2 drop what has no way back. */
export function findReversePathFilter(links: readonly LinkState[], root = '/'): DoctorFinding[] {
  const of = (name: string) => number(join(root, 'proc/sys/net/ipv4/conf', name, 'rp_filter')) ?? 0
  return links
    .filter(({ name, hasCarrier }) => name !== 'lo' && hasCarrier)
    .map(({ name, gateways }): DoctorFinding => {
      const check = `rp-filter.${name}`
      const mode = Math.max(of('all'), of(name))
      if (mode === 0) return { check, level: 'ok', says: 'off' }
      if (mode === 2 && gateways.length > 0)
        return { check, level: 'ok', says: 'loose, with a default route' }
      return {
        check,
        level: 'warn',
        says: `${mode === 1 ? 'strict' : 'loose'}: calls of devices with addresses from elsewhere (a camera fresh from the factory) are dropped`,
        advice: `sysctl -w net.ipv4.conf.all.rp_filter=0 net.ipv4.conf.${name}.rp_filter=0`,
      }
    })
}

/** Below the first nothing is kept reliably; below the second weeks without a collector do not fit. */
const DISK = { fail: 32 * 1024 * 1024, warn: 512 * 1024 * 1024 }

export function findDisk(directory: string): DoctorFinding {
  const check = 'disk'
  try {
    const { bavail, bsize } = statfsSync(directory)
    const free = bavail * bsize
    const says = `${Math.round(free / 1024 / 1024)} MiB free in ${directory}`
    const level = free < DISK.fail ? 'fail' : free < DISK.warn ? 'warn' : 'ok'
    return level === 'ok'
      ? { check, level, says }
      : { check, level, says, advice: 'make room, or put the state directory elsewhere with --state' }
  } catch {
    return { check, level: 'not-checked', says: `${directory} is not there yet` }
  }
}

/** The collector refuses requests that are a day off; windows are wrong by as much as the clock. */
const SKEW_MS = { fail: 3_600_000, warn: 30_000 }

/** @param theirs the collector's clock in milliseconds; null where it did not say */
export function findClock(theirs: number | null, ours: number): DoctorFinding {
  const check = 'clock'
  if (theirs === null)
    return { check, level: 'not-checked', says: 'the collector did not say what time it is' }
  const seconds = Math.round((ours - theirs) / 1000)
  const skew = Math.abs(ours - theirs)
  const says = `${Math.abs(seconds)} s ${seconds < 0 ? 'behind' : 'ahead of'} the collector`
  if (skew < SKEW_MS.warn) return { check, level: 'ok', says }
  return {
    check,
    level: skew < SKEW_MS.fail ? 'warn' : 'fail',
    says,
    advice: 'set both clocks (chrony, systemd-timesyncd)',
  }
}

function number(path: string): number | null {
  try {
    return Number.parseInt(readFileSync(path, 'utf8'), 10)
  } catch {
    return null
  }
}
