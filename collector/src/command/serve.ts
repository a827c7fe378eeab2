/** `serve`: the server. */
import { Command, InvalidArgumentError } from 'commander'
import { print, VERSION, withData } from './context.ts'

/** Loopback until the operator says otherwise. */
const DEFAULT_LISTEN = '127.0.0.1:8480'

interface Listen {
  host: string
  port: number
}

function parseListen(text: string): Listen {
  const match = /^(?:\[([0-9a-f:]+)\]|([^:]+)):(\d{1,5})$/i.exec(text)
  const port = Number(match?.[3])
  if (!match || port > 65_535)
    throw new InvalidArgumentError('Write HOST:PORT, as 10.0.0.10:8480 or [::]:8480.')
  return { host: match[1] ?? match[2] ?? '', port }
}

export const serveCommand = (): Command =>
  withData(new Command('serve'))
    .description('Answers agents, and readers on this machine.')
    .option(
      '--listen <host:port>',
      'where to answer; port 0 takes a free one',
      parseListen,
      parseListen(DEFAULT_LISTEN),
    )
    .option('--log-level <level>', 'debug, info, warn, error', 'info')
    .addHelpText(
      'after',
      '\nPages and reports are answered on loopback only; agents anywhere.\nThe first line on standard output is {"ready":true,"url":...}.\n\nExample:\n  ophav-collector serve --listen 10.0.0.10:8480 --data /var/lib/ophav',
    )
    .action(async ({ data, listen, logLevel }: { data: string; listen: Listen; logLevel: string }) => {
      const { url, close } = await (
        await import('../server/serve.ts')
      ).serve({ dataDirectory: data, ...listen, logLevel, version: VERSION })
      print(JSON.stringify({ ready: true, url, pid: process.pid }))
      const end = () => void close().then(() => process.exit(0))
      process.once('SIGTERM', end)
      process.once('SIGINT', end)
    })
