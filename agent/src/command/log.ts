/** The service's log: one JSON object a line on standard error, from the events that the agent speaks in. */
import { OphavError } from '@ophav/shared/value'
import { pino, type Logger } from 'pino'
import type { AgentEvent } from '../schedule/run-agent.ts'

/** Written at once, not buffered: the last line before a kill is the one that is needed. */
export const openLog = (level: string): Logger =>
  pino(
    {
      level,
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
    },
    pino.destination({ dest: 2, sync: true }),
  )

export function logEvent(log: Logger, event: AgentEvent): void {
  const { type, ...facts } = event
  switch (event.type) {
    case 'failed':
      return log.warn(
        { what: event.what, ...failure(event.error), waitSeconds: Math.round(event.waitMs / 1000) },
        'the collector did not take it; trying again',
      )
    case 'scan-failed':
      return log.error({ segment: event.segment, ...failure(event.error) }, 'scan failed')
    case 'scan-held':
      return event.obstacle === 'forwarding'
        ? log.error(
            { segment: event.segment, code: 'isolation.self-forwards' },
            'not scanned: this machine could connect networks; `ophav-agent doctor` says how',
          )
        : log.warn({ segment: event.segment, obstacle: event.obstacle }, 'not scanned now')
    case 'device-resting':
      return log.warn(facts, 'a device is left alone')
    case 'scan-ended':
      return log.info(scanFacts(event), event.stopped ? 'scan stopped' : 'scan ended')
    case 'delivered':
      return log.debug(facts, 'batch delivered')
    case 'dropped':
      return log.error({ code: 'spool.full', ...event.count }, 'dropped for lack of room')
    case 'policy-problem':
      return log.error({ code: event.code }, 'the policy has a fault')
    case 'spool-set-aside':
      return log.error({ code: 'spool.corrupt', path: event.path }, 'damaged spool set aside, new one begun')
    case 'renumbered':
    case 'withdrawn':
      return log.warn(facts, type)
    case 'no-policy':
      return log.info('no approved policy yet: nothing is sent to any device')
    case 'nothing-approved':
      return log.info('the policy approves no segment: nothing is sent to any device')
    default:
      return log.info(facts, type)
  }
}

/** Code and facts of an expected failure; of a defect its text. Details hold no secrets. */
const failure = (error: unknown) =>
  error instanceof OphavError
    ? { code: error.code, detail: error.detail }
    : { code: 'internal.defect', problem: String(error) }

function scanFacts(event: Extract<AgentEvent, { type: 'scan-ended' }>) {
  const { coverage, observations, presences } = event.recorded
  return {
    segment: event.segment,
    new: observations,
    known: presences,
    inScope: coverage?.inScope,
    answered: coverage?.answered,
    packets: coverage?.packetsSent,
    complete: coverage?.complete ?? false,
    result: coverage?.result,
    because: coverage?.because,
    notAttempted: coverage?.notAttempted,
  }
}
