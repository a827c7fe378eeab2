/** The house rules about who may know whom, each with its reason; paths are patterns on files from the root. */

export interface ImportRule {
  from: string
  to: string
  reason: string
}

/** Everything in a package but its tests. */
const code = (packageName: string): string => `^${packageName}/src/(?!.*\\.(?:test|testkit)\\.ts$)`

export const FORBIDDEN: readonly ImportRule[] = [
  {
    from: '^agent/src',
    to: '^collector/',
    reason: 'they meet on the wire only: either is replaced without the other',
  },
  {
    from: '^collector/src',
    to: '^agent/',
    reason: 'they meet on the wire only: either is replaced without the other',
  },
  {
    from: '^shared/src',
    to: '^(oui|agent|collector|tests)/',
    reason: 'the contract depends on nobody who keeps it',
  },
  {
    from: '^oui/src',
    to: '^(agent|collector|tests)/',
    reason: 'identification is pure: it is told what was seen',
  },
  {
    from: '^(shared|oui|agent|collector)/src',
    to: '^tests/',
    reason: 'a product does not need its tests to run',
  },
  {
    from: `${code('oui')}(?!compact/|generate/)`,
    to: '^(node:)?(fs|net|dgram|http|https|child_process)',
    reason: 'oui does no I/O but loading its own data',
  },
  {
    from: `${code('agent')}(?!net/)`,
    to: '^(node:)?(dgram|net|tls|http|https)$',
    reason: 'the guard lies below every probe: only net/ opens sockets',
  },
  {
    from: `${code('agent')}(?!net/)`,
    to: 'node_modules/(koffi|node-arp)/',
    reason: 'only net/ reaches the wire',
  },
  {
    from: `${code('agent')}probe/`,
    to: '^agent/src/net/(?!network|link|wish)',
    reason: 'a probe knows the network by its port: guarded, paced and counted',
  },
  {
    from: `${code('agent')}(net|probe|scan)/`,
    to: '^agent/src/(spool|uplink|enrol|policy|schedule|command)/',
    reason: 'scanning works without a collector, for a technician',
  },
  {
    from: `${code('collector')}(count|report)/(?!route\\.ts$)`,
    to: '^collector/src/(ingest|fleet|server|command)/',
    reason: 'a figure depends on what is stored, not on how it came',
  },
  {
    from: `${code('collector')}(?!store/)`,
    to: 'node_modules/better-sqlite3/',
    reason: 'the dialect is known in store/ alone: PostgreSQL stands beside it',
  },
  {
    from: `${code('collector')}(?!server/|command/|.*route\\.ts$)`,
    to: 'node_modules/(fastify|@fastify)/',
    reason: 'domain code knows no HTTP: one handler translates',
  },
]

/** Folder names that say nothing about what is in them. */
export const DUMPING_GROUNDS = /(^|\/)(utils?|helpers?|common|misc|lib|managers?)(\/|\.ts$)/
