/** What of a running scan is kept, so that it goes on after an interruption where it was. */
import type { Coverage, Mac, Outcome } from '@ophav/shared'

/** A host that lives: what the questions to come need to know of it. */
export interface SavedHost {
  address: string
  mac: Mac | null
  /** Probes that had an answer or a refusal from it. */
  heard: string[]
  /** Whether every question has been asked. */
  isAsked: boolean
}

/** Counts of one probe. */
export interface SavedProbe {
  probe: string
  rung: string | null
  attempted: number
  outcomes: Partial<Record<Outcome, number>>
  notChecked?: string
  packets: number
  batches: number
}

/** The small part, written at each checkpoint. */
export interface ScanHead {
  scan: string
  /** Gives the order of addresses. */
  seed: string
  /** Milliseconds since the epoch. */
  startedAt: number
  /** How often the scan was taken up again. */
  resumed: number
  /** Sweeps that are over. */
  swept: string[]
  packetsSent: number
  failed: boolean
  probes: SavedProbe[]
  notAttempted: NonNullable<Coverage['notAttempted']>
  /** What is being sent until the next checkpoint: after a kill its packets are not counted, only bounded. */
  sending: { probe: string; since: number; atMost: number } | null
}

/** Sets of addresses by name, as `AddressMarks` writes them. */
export type SavedMarks = Record<string, Uint8Array>

/** Packets of one probe between two checkpoints: a line of the audit trail. */
export interface SentBatch {
  probe: string
  packets: number
  addresses: number
  /** Milliseconds since the epoch. */
  beganAt: number
  endedAt: number
}

export interface Checkpoint {
  head: ScanHead
  /** Null where none has changed. */
  marks: SavedMarks | null
  /** Hosts that are new or have changed. */
  hosts: SavedHost[]
  sent: SentBatch[]
}

/** Everything that was kept of a scan. */
export interface SavedScan {
  head: ScanHead
  marks: SavedMarks
  hosts: SavedHost[]
}
