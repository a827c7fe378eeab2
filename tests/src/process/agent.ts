/** An agent with a state directory of its own: enrolled through the collector's command, then run. */
import { run, succeed, type Finished, type RunOptions } from './command.ts'
import type { RunningCollector } from './collector.ts'

export interface AgentPlace {
  /** State directory. */
  state: string
  segments: readonly string[]
  name: string
}

/** @throws Error with what a command said */
export async function enrolAgent(
  collector: RunningCollector,
  { state, segments, name }: AgentPlace,
  options: RunOptions = {},
): Promise<void> {
  const token = await collector.command([
    'enrol',
    '--approve',
    ...segments.flatMap((segment) => ['--segment', segment]),
  ])
  await succeed(
    'agent',
    ['enrol', '--collector', collector.url, '--token-file', '-', '--name', name, '--state', state],
    { timeoutMs: 60_000, ...options, input: token },
  )
}

/** Scans every segment of the policy once and delivers it. */
export const runAgentOnce = (
  state: string,
  parameters: readonly string[] = [],
  options: RunOptions = {},
): Promise<Finished> =>
  run('agent', ['run', '--once', '--state', state, '--log-level', 'warn', ...parameters], options)
