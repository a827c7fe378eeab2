/** Labelled devices of a directory of corpora: what each said, and who made it. */
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Evidence } from '@ophav/shared'

export interface LabelledDevice {
  corpus: string
  evidence: Evidence[]
  /** Who made it, as the label writes it. */
  maker: string
}

interface Expected {
  vendor?: string | null
  hwVendor?: string | null
  vendorBasis?: string
}

interface Row {
  expect?: Expected
  protocol?: string
  input?: string
  quality?: string
  model?: string
  sysDescr?: string
  sysObjectID?: string
  sysName?: string
  sysServices?: number
  engineID?: string
  entity?: Record<string, string>
  hrDevices?: string[]
  enterpriseScalars?: Record<string, string>
  macs?: string[]
  bridgeMac?: string
  mac?: string
}

/** Files of the corpora, and how a row of each becomes evidence and a label. */
const FILES: Readonly<
  Record<string, (row: Row) => { evidence: Evidence[]; maker: string | null | undefined }>
> = {
  librenms: (row) => ({
    evidence: fromSnmp(row),
    maker: row.expect?.vendorBasis?.startsWith('curated') ? row.expect.vendor : null,
  }),
  fusioninventory_snmp: (row) => ({ evidence: fromSnmp(row), maker: row.expect?.vendor }),
  snmpinfo_tests: (row) => ({ evidence: fromSnmp(row), maker: row.expect?.vendor }),
  recog: (row) => ({ evidence: pieces([row.protocol ?? '', row.input]), maker: row.expect?.hwVendor }),
  device_samples: (row) => ({
    evidence: row.quality?.startsWith('real') ? pieces([row.protocol ?? '', row.input]) : [],
    maker: row.expect?.vendor,
  }),
  model_class: (row) => ({ evidence: pieces(['model', row.model]), maker: row.expect?.vendor }),
}

const pieces = (...given: [kind: string, value: string | number | undefined][]): Evidence[] =>
  given.flatMap(([kind, value]) => (value === undefined || value === '' ? [] : [{ kind, value }]))

function fromSnmp(row: Row): Evidence[] {
  const macs = [...(row.macs ?? []), row.bridgeMac, row.mac]
  return [
    ...pieces(
      ['snmp.sysDescr', row.sysDescr],
      ['snmp.sysObjectID', row.sysObjectID],
      ['snmp.sysName', row.sysName],
      ['snmp.sysServices', row.sysServices],
      ['snmp.engineID', row.engineID],
      ...(row.hrDevices ?? []).map((value): [string, string] => ['snmp.hrDeviceDescr', value]),
      ...macs.map((value): [string, string | undefined] => ['mac', value]),
    ),
    ...(row.entity ? [{ kind: 'snmp.entity', value: row.entity }] : []),
    ...Object.entries(row.enterpriseScalars ?? {}).map(([oid, value]) => ({
      kind: 'snmp.scalar',
      oid,
      value,
    })),
  ]
}

/** @param directory with the corpora's JSON lines; files that are not there are passed over */
export function readLabelledDevices(directory: string): LabelledDevice[] {
  return Object.entries(FILES).flatMap(([corpus, toDevice]) => {
    const file = join(directory, `${corpus}.jsonl`)
    if (!existsSync(file)) return []
    return readFileSync(file, 'utf8')
      .split('\n')
      .filter(Boolean)
      .flatMap((line): LabelledDevice[] => {
        const { evidence, maker } = toDevice(JSON.parse(line) as Row)
        return evidence.length > 0 && maker ? [{ corpus, evidence, maker }] : []
      })
  })
}
