/** `device show`: one device with where it hangs, who knows it, and its links. */
import Table from 'cli-table3'
import { Command, InvalidArgumentError } from 'commander'
import { printable } from '@ophav/shared'
import { readDevice } from '../report/read-device.ts'
import { readLinks } from '../topology/read.ts'
import { print, withData, withStore } from './context.ts'

/** The number of a device, from the command line. */
export function parseDevice(text: string): number {
  if (/^[1-9]\d{0,14}$/.test(text)) return Number(text)
  throw new InvalidArgumentError('Give the number of a device, as `devices` shows it.')
}

export const showCommand = (): Command =>
  withData(new Command('show'))
    .description('Shows one device: where it hangs, who knows it, and its links.')
    .argument('<number>', 'as `devices` lists it', parseDevice)
    .option('--json', 'as one JSON object', false)
    .action((number: number, { data, json }: { data: string; json: boolean }) =>
      withStore(data, async (db) => {
        const device = await readDevice(db, number)
        const links = (await readLinks(db, number)).map((link) => ({
          ...link,
          capabilities: JSON.parse(link.capabilities) as string[],
        }))
        if (json) return print(JSON.stringify({ ...device, links }))
        const table = new Table({ style: { head: [], border: [] } })
        for (const [name, value] of Object.entries(device))
          if (value !== null) table.push([name, printable(String(value), 200)])
        print(table.toString())
        for (const link of links) {
          const far = [link.name ?? link.address ?? link.mac ?? '–', link.remote_port ?? ''].join(' ')
          const near = `${link.device === null ? link.subject : `#${link.device}`} ${link.port_name ?? link.port}`
          print(
            printable(
              `${near} - ${far.trim()}${link.neighbour === null ? '' : ` (#${link.neighbour})`}, ${link.protocol}`,
              300,
            ),
          )
        }
      }),
    )
