/** One device asked over SNMP who made it. */
import type { Evidence } from '@ophav/shared'
import type { ProbeContext, ProbeResult } from '../probe.ts'
import { MAX_PACKETS } from './bound.ts'
import { collectSystem, FURTHER } from './collect.ts'
import { openDevice } from './open.ts'

/** However slowly it answers. */
const MAX_DURATION_MS = 30_000

export async function ask(address: string, context: ProbeContext): Promise<ProbeResult> {
  const share = { packets: MAX_PACKETS, duration: MAX_DURATION_MS }
  const { outcome, told } = await openDevice<Evidence[]>(address, context, share, {
    first: collectSystem,
    further: async (session, evidence) => {
      for (const collect of FURTHER) evidence.push(...(await collect(session)))
    },
  })
  return { address, mac: null, outcome, evidence: told ?? [], observedAt: context.now() }
}
