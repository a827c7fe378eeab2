/** The state directory: where an agent keeps its keys, its enrolment, its policy and its spool. */
import { mkdirSync } from 'node:fs'
import { homedir } from 'node:os'
import { join, resolve } from 'node:path'
import { OphavError } from '@ophav/shared'

/** Keys and observations are for the agent's own user. */
const DIRECTORY_MODE = 0o700

/** Every file of the state directory, so that no two modules disagree about a name. */
export interface StatePaths {
  directory: string
  signingKey: string
  sealIdentity: string
  enrolment: string
  policy: string
  spool: string
  /** The kill switch: while the file is there nothing is scanned. */
  halt: string
  lock: string
}

export const statePaths = (directory: string): StatePaths => ({
  directory,
  signingKey: join(directory, 'agent.key'),
  sealIdentity: join(directory, 'agent.age'),
  enrolment: join(directory, 'enrolment.json'),
  policy: join(directory, 'policy.json'),
  spool: join(directory, 'spool.sqlite'),
  halt: join(directory, 'HALT'),
  lock: join(directory, 'lock.sqlite'),
})

/** What the default depends on. */
export interface Surroundings {
  platform: NodeJS.Platform
  env: Readonly<Record<string, string | undefined>>
  isRoot: boolean
  home: string
}

const surroundings = (): Surroundings => ({
  platform: process.platform,
  env: process.env,
  isRoot: process.getuid?.() === 0,
  home: homedir(),
})

/**
 * The directory used when `--state` names none: `/var/lib` for a service that runs as root (FHS 3.0 5.8), else
 * the user's own state (XDG Base Directory 0.8), on Windows the machine's or the user's application data.
 */
export function defaultStateDirectory(around: Surroundings = surroundings()): string {
  if (around.platform === 'win32')
    return join(around.env.LOCALAPPDATA ?? join(around.home, 'AppData', 'Local'), 'ophav-agent')
  const state = around.env.XDG_STATE_HOME
  // A relative path in the variable is to be ignored, by the specification.
  if (state?.startsWith('/')) return join(state, 'ophav-agent')
  return around.isRoot ? '/var/lib/ophav-agent' : join(around.home, '.local', 'state', 'ophav-agent')
}

/**
 * Makes the directory where it is missing.
 * @throws OphavError `state.unwritable`
 */
export function openStateDirectory(directory: string | undefined): StatePaths {
  const path = resolve(directory ?? defaultStateDirectory())
  try {
    mkdirSync(path, { recursive: true, mode: DIRECTORY_MODE })
    return statePaths(path)
  } catch (cause) {
    throw new OphavError('state.unwritable', { path }, { cause })
  }
}
