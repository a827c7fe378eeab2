/** `enrol` and `agent`: tokens for new agents, and the agents there are. */
import Table from 'cli-table3'
import { Command } from 'commander'
import { fingerprint, printable } from '@ophav/shared'
import { localActor } from '../access/audit.ts'
import { listAgents, segmentsOfAgent, setAgentStatus } from '../fleet/agent.ts'
import { createToken } from '../fleet/token.ts'
import { collect, parseSeconds, print, withData, withStore } from './context.ts'

const DAY_SECONDS = 86_400

export const fleetCommands = (): Command[] => [enrolCommand(), agentCommand()]

const enrolCommand = (): Command =>
  withData(new Command('enrol'))
    .description('Makes a one-time token with which an agent enrols.')
    .requiredOption('--segment <key>', 'segment that the agent will stand on (repeatable)', collect, [])
    .option('--expires <time>', 'how long the token can be used', parseSeconds, DAY_SECONDS)
    .option('--approve', 'approve the agent at once, without comparing fingerprints', false)
    .addHelpText(
      'after',
      '\nThe token is printed once on standard output and stored nowhere.\n\nExample:\n  ophav-collector enrol --segment kamera --expires 2h\n  (on the agent)  ophav-agent enrol --collector http://10.0.0.10:8480',
    )
    .action(
      async ({
        data,
        segment,
        expires,
        approve,
      }: {
        data: string
        segment: string[]
        expires: number
        approve: boolean
      }) => {
        const token = await withStore(data, (db) =>
          createToken(db, { segments: segment, approve, expiresInSeconds: expires, actor: localActor() }),
        )
        print(token)
        process.stderr.write('Give this token to `ophav-agent enrol` on the segment. It works once.\n')
      },
    )

function agentCommand(): Command {
  const agent = new Command('agent').description('Lists, approves and revokes agents.')
  withData(agent.command('list'))
    .description('Lists the agents with their fingerprints.')
    .option('--json', 'as JSON', false)
    .action(({ data, json }: { data: string; json: boolean }) =>
      withStore(data, async (db) => {
        const rows = []
        for (const row of await listAgents(db))
          rows.push({
            id: row.id,
            name: row.name,
            status: row.status,
            segments: await segmentsOfAgent(db, row.id),
            fingerprint: fingerprint(row.public_key),
            lastSeenAt: row.last_seen_at,
            version: row.version,
          })
        if (json) return print(JSON.stringify(rows))
        const table = new Table({
          head: ['Agent', 'Name', 'Status', 'Segments', 'Fingerprint', 'Last seen'],
          style: { head: [], border: [] },
        })
        for (const row of rows)
          table.push([
            row.id,
            printable(row.name),
            row.status,
            row.segments.join(', '),
            row.fingerprint,
            row.lastSeenAt ?? 'never',
          ])
        return print(table.toString())
      }),
    )
  for (const [name, status, description] of [
    ['approve', 'approved', 'Approves an agent, after its fingerprint was compared.'],
    ['revoke', 'revoked', 'Ends an agent: nothing that it signs is taken any more.'],
  ] as const)
    withData(agent.command(`${name} <agent>`))
      .description(description)
      .action((id: string, { data }: { data: string }) =>
        withStore(data, async (db) => {
          await setAgentStatus(db, id, status, localActor())
          print(`${id} ${status}`)
        }),
      )
  return agent
}
