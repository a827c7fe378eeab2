/** The spool's tables, as numbered steps. A step that was released is never changed; the next one is added. */

/** The position in this list, from one on, is the schema's version in `user_version`. */
export const MIGRATIONS: readonly string[] = [
  `
  -- What waits to be put into a batch, in the order in which it was seen.
  CREATE TABLE entry (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    type TEXT NOT NULL,
    segment TEXT NOT NULL,
    probe TEXT NOT NULL,
    mac TEXT NOT NULL,
    address TEXT NOT NULL,
    body TEXT NOT NULL
  ) STRICT;
  CREATE INDEX entry_by_type ON entry (type, id);

  -- Signed and numbered, waiting for the collector's receipt. The body is what goes over the wire.
  CREATE TABLE batch (
    sequence INTEGER PRIMARY KEY,
    entries INTEGER NOT NULL,
    body BLOB NOT NULL
  ) STRICT;

  -- What was last reported of each subject, so that the same again needs no words. '' stands for "none".
  CREATE TABLE known (
    segment TEXT NOT NULL,
    probe TEXT NOT NULL,
    mac TEXT NOT NULL,
    address TEXT NOT NULL,
    digest BLOB NOT NULL,
    scan TEXT NOT NULL,
    seen_at INTEGER NOT NULL,
    PRIMARY KEY (segment, probe, mac, address)
  ) STRICT, WITHOUT ROWID;

  -- What had to be dropped and no coverage has told yet.
  CREATE TABLE dropped (
    segment TEXT NOT NULL,
    probe TEXT NOT NULL,
    type TEXT NOT NULL,
    count INTEGER NOT NULL,
    PRIMARY KEY (segment, probe, type)
  ) STRICT, WITHOUT ROWID;

  -- When each segment was last scanned: a restarted agent does not start over.
  CREATE TABLE scan (
    segment TEXT PRIMARY KEY,
    started_at INTEGER NOT NULL
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE progress (
    one INTEGER PRIMARY KEY CHECK (one = 1),
    agent TEXT NOT NULL,
    next_sequence INTEGER NOT NULL,
    contacted_at INTEGER,
    delivered_at INTEGER,
    failed_at INTEGER,
    failure TEXT
  ) STRICT;
  `,
  `
  -- A scan that ended has its end here; one without goes on where it was.
  ALTER TABLE scan ADD COLUMN ended_at INTEGER;

  -- What is kept of the running scan of each segment. The scope is a digest: another one begins a new scan.
  CREATE TABLE scan_progress (
    segment TEXT PRIMARY KEY,
    scope TEXT NOT NULL,
    head TEXT NOT NULL,
    marks BLOB,
    saved_at INTEGER NOT NULL,
    -- How often it was taken up without getting any further.
    stuck INTEGER NOT NULL DEFAULT 0
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE scan_host (
    segment TEXT NOT NULL,
    address TEXT NOT NULL,
    mac TEXT,
    heard TEXT NOT NULL,
    asked INTEGER NOT NULL,
    PRIMARY KEY (segment, address)
  ) STRICT, WITHOUT ROWID;

  -- The audit trail: every packet that left, in batches. A batch without an end is one that a kill cut off.
  CREATE TABLE sent (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    segment TEXT NOT NULL,
    scan TEXT NOT NULL,
    probe TEXT NOT NULL,
    packets INTEGER NOT NULL,
    addresses INTEGER,
    began_at INTEGER NOT NULL,
    ended_at INTEGER,
    revision INTEGER NOT NULL
  ) STRICT;
  `,
]
