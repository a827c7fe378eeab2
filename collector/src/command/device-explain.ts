/** `device explain`: one device with every reason, and which of them the organisation's own rules give. */
import { Command } from 'commander'
import { reasonText } from '@ophav/oui'
import { printable } from '@ophav/shared'
import { findIdentity } from '../inventory/conclude.ts'
import { readDevice } from '../report/read-device.ts'
import { print, withData, withStore } from './context.ts'
import { parseDevice, showCommand } from './device-show.ts'

export function deviceCommand(): Command {
  const device = new Command('device').description('One device.').addCommand(showCommand())
  withData(device.command('explain'))
    .argument('<number>', 'as `devices` lists it', parseDevice)
    .description('Says what a device is and why; what an own rule says is marked so.')
    .option('--json', 'as JSON', false)
    .action((id: number, { data, json }: { data: string; json: boolean }) =>
      withStore(data, async (db) => {
        const row = await readDevice(db, id)
        const identity = await findIdentity(db, id)
        if (json) return print(JSON.stringify({ device: row, identity }))
        const { maker, brand, confidence, origin, reasons } = identity
        const owner = origin.owner === null ? '' : `, owner ${origin.owner} (${origin.country})`
        for (const line of [
          `maker: ${maker ?? '–'}${brand !== null && brand !== maker ? `, on the box ${brand}` : ''} (${Math.round(confidence * 100)}%)`,
          `model: ${row.model ?? '–'}, class: ${row.class ?? '–'}`,
          `Chinese: ${origin.chinese}${owner}${origin.own ? ', as own rules state' : ''}`,
          ...origin.sources.map((source) => `source: ${source}`),
          'because:',
          ...reasons.map((reason) => `  ${reasonText(reason)}`),
        ])
          print(`${line.startsWith('  ') ? '  ' : ''}${printable(line, 500)}`)
      }),
    )
  return device
}
