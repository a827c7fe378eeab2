/** Imports an asset list as the present state of a register: all of it or nothing. */
import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { basename } from 'node:path'
import { identify } from '@ophav/oui'
import { OphavError } from '@ophav/shared'
import { listAdministrations } from '../administration/read.ts'
import { recordAudit } from '../access/audit.ts'
import { assignDevice } from '../inventory/assign.ts'
import { concludeDevice, loadGround, registerEvidence, type Ground } from '../inventory/conclude.ts'
import { identifiersOf } from '../inventory/identifier.ts'
import { storeError, type Db } from '../store/open.ts'
import { readList, type ListedAsset, type ListRow } from './read-list.ts'
import type { ColumnMapping } from './mapping.ts'
import { entryByAsset, insertEntry, updateEntry } from './write.ts'

export interface ImportOrder {
  register: string
  path: string
  mapping: ColumnMapping
  actor: string
  /** Reads and checks everything, changes nothing. */
  dryRun?: boolean
}

export interface ImportReceipt {
  rows: number
  added: number
  changed: number
  unchanged: number
  /** Entries of earlier imports that this list no longer has. */
  gone: number
  duplicates: number
  rejected: number
  /** The first rows that were not taken, with the reason. */
  problems: { line: number; problem: string }[]
  /** True when the very same file was the last import: nothing was done. */
  repeated: boolean
}

/** More than this is not read by anybody: the mapping is wrong. */
const MAX_PROBLEMS = 100

/**
 * @throws OphavError `register.file-unreadable`, `register.column-missing`, `register.administration-unknown`,
 * `register.nothing-usable`, `store.full`
 */
export async function importRegister(db: Db, order: ImportOrder): Promise<ImportReceipt> {
  const sha256 = await hashFile(order.path, order.mapping)
  const receipt: ImportReceipt = {
    rows: 0,
    added: 0,
    changed: 0,
    unchanged: 0,
    gone: 0,
    duplicates: 0,
    rejected: 0,
    problems: [],
    repeated: false,
  }
  // The list is read twice: first to know that it can be taken, then inside the transaction. So memory stays flat,
  // and no lock is held while a bad list is found out.
  await checkList(db, order, receipt)
  if (order.dryRun) return receipt
  try {
    return await db.transaction().execute((tx) => apply(tx, order, sha256, receipt))
  } catch (cause) {
    throw storeError(cause)
  }
}

async function checkList(db: Db, { path, mapping }: ImportOrder, receipt: ImportReceipt): Promise<void> {
  const known = new Set((await listAdministrations(db)).map((row) => row.key))
  const unknown = new Map<string, number>()
  const seen = new Set<string>()
  for await (const row of readList(path, mapping)) {
    receipt.rows++
    const problem = 'problem' in row ? row.problem : seen.has(row.asset.asset) ? 'duplicate' : null
    if (problem !== null) {
      receipt[problem === 'duplicate' ? 'duplicates' : 'rejected']++
      if (receipt.problems.length < MAX_PROBLEMS) receipt.problems.push({ line: row.line, problem })
      continue
    }
    const { asset, administration } = (row as Extract<ListRow, { asset: unknown }>).asset
    seen.add(asset)
    if (administration !== null && !known.has(administration))
      unknown.set(administration, (unknown.get(administration) ?? 0) + 1)
  }
  if (unknown.size > 0)
    throw new OphavError('register.administration-unknown', {
      unknown: [...unknown.keys()].slice(0, 10).join(', '),
      known: [...known].join(', '),
    })
  if (seen.size === 0) throw new OphavError('register.nothing-usable', { path, rows: receipt.rows })
}

async function apply(
  tx: Db,
  order: ImportOrder,
  sha256: string,
  receipt: ImportReceipt,
): Promise<ImportReceipt> {
  const { register, path, mapping, actor } = order
  const now = new Date().toISOString()
  await tx
    .insertInto('register')
    .values({ key: register, name: register, created_at: now })
    .onConflict((c) => c.column('key').doNothing())
    .execute()
  const last = await tx
    .selectFrom('register_import')
    .select('sha256')
    .where('register', '=', register)
    .orderBy('id', 'desc')
    .executeTakeFirst()
  if (last?.sha256 === sha256) return { ...receipt, repeated: true }
  const { id } = await tx
    .insertInto('register_import')
    .values({
      register,
      file_name: basename(path),
      sha256,
      imported_by: actor,
      imported_at: now,
      rows: receipt.rows,
      rejected: receipt.rejected,
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  const ground = await loadGround(tx)
  for await (const row of readList(path, mapping)) {
    if (!('asset' in row)) continue
    const known = (await entryByAsset(tx, { register, asset: row.asset.asset })).rows[0]
    if (known?.import === id) continue
    const values = { ...row.asset, critical: row.asset.critical ? (1 as const) : (0 as const) }
    const same =
      known !== undefined &&
      Object.entries(values).every(
        ([name, value]) => (known as unknown as Record<string, unknown>)[name] === value,
      )
    const device = same && known.device !== null ? known.device : await deviceOf(tx, row.asset, now, ground)
    if (known) await updateEntry(tx, { ...values, id: known.id, import: id, device })
    else await insertEntry(tx, { ...values, register, import: id, device })
    receipt[same ? 'unchanged' : known ? 'changed' : 'added']++
    if (!same) await concludeDevice(tx, device, ground)
    if (known && known.device !== null && known.device !== device)
      await concludeDevice(tx, known.device, ground)
  }
  receipt.gone = await removeGone(tx, register, id, ground)
  await recordAudit(tx, {
    actor,
    action: 'register.import',
    subject: register,
    detail: { file: basename(path), sha256, ...receipt, problems: receipt.problems.length },
  })
  return receipt
}

async function deviceOf(tx: Db, asset: ListedAsset, at: string, { knowledge }: Ground): Promise<number> {
  const evidence = registerEvidence(asset)
  const { maker, serial } = identify(evidence, { knowledge })
  return assignDevice(tx, {
    identifiers: identifiersOf({ maker, serial: serial ?? asset.serial, mac: asset.mac, evidence }),
    segment: null,
    address: null,
    mac: asset.mac,
    at,
    source: 'registered',
    present: false,
  })
}

async function removeGone(tx: Db, register: string, current: number, ground: Ground): Promise<number> {
  const gone = await tx
    .selectFrom('register_entry')
    .select(['id', 'device'])
    .where('register', '=', register)
    .where('import', '!=', current)
    .execute()
  for (const { id, device } of gone) {
    await tx.deleteFrom('register_entry').where('id', '=', id).execute()
    if (device !== null) await concludeDevice(tx, device, ground)
  }
  return gone.length
}

/** The mapping is part of it: the same list read in another way is another import. */
async function hashFile(path: string, mapping: ColumnMapping): Promise<string> {
  const hash = createHash('sha256').update(JSON.stringify(mapping))
  try {
    for await (const chunk of createReadStream(path)) hash.update(chunk as Buffer)
  } catch (cause) {
    throw new OphavError(
      'register.file-unreadable',
      { path, problem: (cause as NodeJS.ErrnoException).code ?? '' },
      { cause },
    )
  }
  return hash.digest('hex')
}
