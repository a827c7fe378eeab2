/** Evidence: one raw fact that a device said about itself, named by the protocol field it came from. */
import { Type, type Static } from 'typebox'
import { MAX_EVIDENCE_LENGTH } from './limit.ts'

/** `snmp.entity`: the root chassis of ENTITY-MIB (RFC 6933). */
const EntityValue = Type.Object(
  {
    mfg: Type.Optional(Type.String({ maxLength: MAX_EVIDENCE_LENGTH })),
    model: Type.Optional(Type.String({ maxLength: MAX_EVIDENCE_LENGTH })),
    serial: Type.Optional(Type.String({ maxLength: MAX_EVIDENCE_LENGTH })),
    firmware: Type.Optional(Type.String({ maxLength: MAX_EVIDENCE_LENGTH })),
    descr: Type.Optional(Type.String({ maxLength: MAX_EVIDENCE_LENGTH })),
    name: Type.Optional(Type.String({ maxLength: MAX_EVIDENCE_LENGTH })),
  },
  { additionalProperties: true },
)

/**
 * One raw fact: `kind` names protocol and field (`snmp.sysDescr`, `mac`, `mdns.deviceInfoTxt`),
 * `value` is what the wire carried, `oid` says which scalar for `snmp.scalar`.
 * An unknown kind is no error: a newer agent may know more than this collector.
 */
export const Evidence = Type.Object(
  {
    kind: Type.String({ minLength: 1, maxLength: 64, pattern: '^[a-z0-9]+(\\.[A-Za-z0-9]+)*$' }),
    value: Type.Union([Type.String({ maxLength: MAX_EVIDENCE_LENGTH }), Type.Number(), EntityValue]),
    oid: Type.Optional(Type.String({ maxLength: 256, pattern: '^[0-9]+(\\.[0-9]+)*$' })),
  },
  { $id: 'Evidence', additionalProperties: false },
)
export type Evidence = Static<typeof Evidence>
