/** The interfaces of this network namespace, whether or not they are up; and where sysfs can be trusted about them. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

/** @returns names, loopback too; null where the system does not tell (proc(5), /proc/net/dev: two lines of headings) */
export function interfaceNames(root = '/'): string[] | null {
  try {
    return readFileSync(join(root, 'proc/net/dev'), 'utf8')
      .split('\n')
      .slice(2)
      .flatMap((line) => /^\s*([^\s:]+):/.exec(line)?.[1] ?? [])
  } catch {
    return null
  }
}

/** sysfs-class-net */
export const SYSFS = 'sys/class/net'

/**
 * sysfs shows the namespace in which it was mounted. A program that was put into another one sees the wrong machine
 * there, and notices by the names.
 */
export function isSysfsOurs(root = '/'): boolean {
  try {
    const shown = readdirSync(join(root, SYSFS)).filter((name) => name !== 'bonding_masters')
    return shown.toSorted().join(' ') === (interfaceNames(root) ?? []).toSorted().join(' ')
  } catch {
    return false
  }
}
