/**
 * Network namespaces that tests make for themselves, as root or inside a user namespace of their own. Each lives as
 * long as a process that does nothing; the kernel takes the namespace and its interfaces away with it.
 */
import { spawn, spawnSync, type ChildProcess } from 'node:child_process'
import { readFileSync, readlinkSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'

/** No test runs longer; what a killed test leaves behind ends by itself. */
const LIFETIME_SECONDS = 900
const START_TRIES = 200

export class Namespace {
  readonly pid: number
  /** A namespace that stands for cables or is played: its interfaces give themselves no address of IPv6. */
  readonly isMute: boolean
  readonly #child: ChildProcess
  /** The process that owns the user namespace, where this one is inside of it. */
  readonly #owner: number | null

  private constructor(child: ChildProcess, owner: number | null, isMute: boolean) {
    this.isMute = isMute
    this.#child = child
    this.#owner = owner
    this.pid = child.pid ?? 0
  }

  /** @param beside a namespace of the same user namespace: only such ones can be connected */
  static async create(
    beside: Namespace | null = null,
    { isMute = false }: { isMute?: boolean } = {},
  ): Promise<Namespace> {
    const isRoot = process.getuid?.() === 0
    const unshare = [
      'unshare',
      ...(isRoot || beside ? [] : ['-U', '-r']),
      '-n',
      'sleep',
      String(LIFETIME_SECONDS),
    ]
    const [command = '', ...rest] = [...(beside && !isRoot ? beside.#enterUser() : []), ...unshare]
    const child = spawn(command, rest, { stdio: 'ignore' })
    const owner = isRoot ? null : beside ? beside.#owner : (child.pid ?? 0)
    const namespace = new Namespace(child, owner, isMute)
    await namespace.#ready()
    namespace.ip('link', 'set', 'lo', 'up')
    // A new namespace takes over the machine's setting, and a machine with containers forwards.
    namespace.run('sh', '-c', 'echo 0 > /proc/sys/net/ipv4/ip_forward')
    return namespace
  }

  /** Stands before a command so that it runs in the namespace. */
  get through(): string[] {
    const user = this.#owner === null ? [] : ['-U', '--preserve-credentials']
    return ['nsenter', '-t', String(this.pid), ...user, '-n', '--']
  }

  /** Switches an interface on. */
  raise(interfaceName: string): void {
    if (this.isMute) this.ip('link', 'set', interfaceName, 'addrgenmode', 'none')
    this.ip('link', 'set', interfaceName, 'up')
  }

  /** @throws Error with what `ip` said */
  ip(...parameters: string[]): string {
    return this.run('ip', ...parameters)
  }

  run(...parameters: string[]): string {
    const [command = '', ...rest] = [...this.through, ...parameters]
    const { status, stdout, stderr } = spawnSync(command, rest, { encoding: 'utf8', timeout: 20_000 })
    if (status === 0) return stdout
    throw new Error(`${parameters.join(' ')}: ${stderr.trim()}`)
  }

  end(): void {
    this.#child.kill('SIGKILL')
  }

  #enterUser(): string[] {
    return ['nsenter', '-t', String(this.pid), '-U', '--preserve-credentials', '--']
  }

  /** The process has its own network as soon as it has become `sleep`. */
  async #ready(): Promise<void> {
    for (let attempt = 0; attempt < START_TRIES; attempt++) {
      if (this.#child.exitCode !== null) break
      if (nameOf(this.pid) === 'sleep' && networkOf(this.pid) !== networkOf(process.pid)) return
      await sleep(5)
    }
    this.end()
    throw new Error('no network namespace could be made')
  }
}

function nameOf(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/comm`, 'utf8').trim()
  } catch {
    return ''
  }
}

function networkOf(pid: number): string {
  try {
    return readlinkSync(`/proc/${pid}/ns/net`)
  } catch {
    return ''
  }
}

/** A cable: two interfaces, one in each namespace. */
export function connect(one: Namespace, oneName: string, other: Namespace, otherName: string): void {
  one.ip('link', 'add', oneName, 'type', 'veth', 'peer', 'name', otherName, 'netns', String(other.pid))
  one.raise(oneName)
  other.raise(otherName)
}

/** Why no namespace can be made here; null where it can. */
export async function namespaceObstacle(): Promise<string | null> {
  if (process.platform !== 'linux') return `network namespaces are Linux only, this is ${process.platform}`
  if (spawnSync('ip', ['-V']).status !== 0) return 'the program ip is missing (package iproute2)'
  try {
    const one = await Namespace.create()
    const other = await Namespace.create(one)
    try {
      connect(one, 'probe0', other, 'probe1')
      return null
    } finally {
      other.end()
      one.end()
    }
  } catch (error) {
    return `neither root nor user namespaces: ${(error as Error).message}`
  }
}
