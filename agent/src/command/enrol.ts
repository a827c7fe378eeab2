/** `enrol`: makes this machine known to a collector. */
import { OphavError, printable } from '@ophav/shared/value'
import { enrolAgent } from '../enrol/enrol.ts'
import { openStateDirectory } from '../state/directory.ts'
import { lockState } from '../state/lock.ts'
import { collectorUrl } from '../uplink/client.ts'
import { EXIT, type ExitCode } from './exit.ts'
import { readToken } from './token.ts'

export interface EnrolOptions {
  collector: string
  state?: string
  tokenFile?: string
  /** Refused: it would show in process lists. */
  token?: string
  name?: string
  collectorFingerprint?: string
  replace?: boolean
  version: string
}

/** @throws OphavError as `enrolAgent`, `command.secret-in-argument`, `enrolment.token-missing`, `state.*` */
export async function enrol(options: EnrolOptions, print: (text: string) => void): Promise<ExitCode> {
  if (options.token !== undefined) throw new OphavError('command.secret-in-argument', { option: 'token' })
  const collector = collectorUrl(options.collector).href
  const paths = openStateDirectory(options.state)
  const lock = lockState(paths.lock)
  try {
    const { name, collectorFingerprint, replace, version } = options
    const enrolled = await enrolAgent({
      paths,
      collector,
      token: await readToken(options.tokenFile),
      version,
      ...(name === undefined ? {} : { name }),
      ...(collectorFingerprint === undefined ? {} : { collectorFingerprint }),
      ...(replace === undefined ? {} : { replace }),
    })
    print(`Enrolled as ${printable(enrolled.enrolment.name)} (${enrolled.enrolment.agent})
  this agent's fingerprint   ${enrolled.fingerprint}
  the collector's            ${enrolled.collectorFingerprint}
  state directory            ${paths.directory}
${
  enrolled.status === 'approved'
    ? 'Approved. Start it with `ophav-agent run`.'
    : 'Waiting for approval: compare the fingerprint on the collector with `ophav-collector agent list`, approve it there,\nand start this agent with `ophav-agent run`. It sends no packet to any device before that.'
}
`)
    return EXIT.done
  } finally {
    lock.release()
  }
}
