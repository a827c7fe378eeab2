/** How the columns of somebody's asset list become the fields of a register entry. */
import { readFileSync } from 'node:fs'
import { OphavError, parseAs } from '@ophav/shared'
import { Type, type Static } from 'typebox'
import { parse } from 'yaml'

const Column = Type.Optional(Type.String({ minLength: 1, maxLength: 120 }))
const Values = Type.Optional(Type.Record(Type.String(), Type.String({ maxLength: 120 })))

/**
 * `columns` names the column of each field; `values` translates what stands there ("Bærbar" -> laptop);
 * `constants` gives fields that the list does not have.
 */
export const ColumnMapping = Type.Object(
  {
    columns: Type.Object(
      {
        asset: Column,
        serial: Column,
        maker: Column,
        model: Column,
        class: Column,
        administration: Column,
        mac: Column,
        name: Column,
      },
      { additionalProperties: false },
    ),
    values: Type.Optional(
      Type.Object({ class: Values, administration: Values, maker: Values }, { additionalProperties: false }),
    ),
    constants: Type.Optional(
      Type.Object(
        {
          maker: Type.Optional(Type.String()),
          class: Type.Optional(Type.String()),
          administration: Type.Optional(Type.String()),
          purpose: Type.Optional(Type.String()),
          critical: Type.Optional(Type.Boolean()),
        },
        { additionalProperties: false },
      ),
    ),
  },
  { $id: 'ColumnMapping', additionalProperties: false },
)
export type ColumnMapping = Static<typeof ColumnMapping>

export const FIELDS = ['asset', 'serial', 'maker', 'model', 'class', 'administration', 'mac', 'name'] as const
export type Field = (typeof FIELDS)[number]

/** The column names of exports that many have, as their makers document them. */
export const PRESETS: Readonly<Record<string, ColumnMapping>> = {
  // Microsoft Intune: Devices > All devices > Export.
  intune: {
    columns: {
      asset: 'Device ID',
      serial: 'Serial number',
      maker: 'Manufacturer',
      model: 'Model',
      name: 'Device name',
      mac: 'Wi-Fi MAC',
      administration: 'Category',
    },
    constants: { critical: true, class: 'pc' },
  },
  // Microsoft Configuration Manager: report "Computer information for a specific computer" and its like.
  mecm: {
    columns: {
      asset: 'Resource ID',
      serial: 'Serial Number',
      maker: 'Manufacturer',
      model: 'Model',
      name: 'Name',
      mac: 'MAC Address',
    },
    constants: { critical: true, class: 'pc' },
  },
  // A plain Danish list.
  liste: {
    columns: {
      asset: 'Aktivnr',
      serial: 'Serienummer',
      maker: 'Producent',
      model: 'Model',
      class: 'Type',
      administration: 'Forvaltning',
      name: 'Navn',
      mac: 'MAC',
    },
    values: {
      class: {
        Bærbar: 'laptop',
        'Bærbar PC': 'laptop',
        Stationær: 'desktop',
        'Stationær PC': 'desktop',
        PC: 'pc',
        Kamera: 'camera',
        Overvågningskamera: 'camera',
        Trafikkamera: 'traffic-camera',
        Router: 'router',
        Drone: 'drone',
        Videokonferencekonsol: 'video-console',
      },
    },
    constants: { critical: true },
  },
}

/**
 * @param nameOrPath a preset's name or a YAML or JSON file
 * @throws OphavError `register.mapping-invalid`
 */
export function readMapping(nameOrPath: string): ColumnMapping {
  const preset = PRESETS[nameOrPath]
  if (preset) return preset
  try {
    return checkMapping(parse(readFileSync(nameOrPath, 'utf8'), { maxAliasCount: 10 }))
  } catch (cause) {
    if (cause instanceof OphavError) throw cause
    const presets = Object.keys(PRESETS).join(', ')
    throw new OphavError(
      'register.mapping-invalid',
      { given: nameOrPath, presets, problem: (cause as Error).message.split('\n')[0] ?? '' },
      { cause },
    )
  }
}

/** @throws OphavError `register.mapping-invalid` */
export function checkMapping(document: unknown): ColumnMapping {
  const mapping = parseAs(ColumnMapping, document, 'register.mapping-invalid')
  const { columns, constants = {} } = mapping
  if (columns.asset === undefined && columns.serial === undefined)
    throw new OphavError('register.mapping-invalid', {
      problem: 'neither an asset nor a serial column: nothing tells two rows apart',
    })
  if (columns.maker === undefined && constants.maker === undefined && columns.model === undefined)
    throw new OphavError('register.mapping-invalid', {
      problem: 'neither maker nor model: nothing says who made it',
    })
  return mapping
}
