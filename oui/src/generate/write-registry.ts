/** From registries to the sorted tables that the product reads without parsing. */
import { packTexts, type Contents } from '../compact/table.ts'
import type { Registry } from './registry-row.ts'

export function packPrefixes(registry: Registry): Contents {
  const names = [...new Set(registry.values())].sort()
  const index = new Map(names.map((name, at) => [name, at]))
  const { offsets, octets } = packTexts(names)
  const contents: Contents = { offsets, names: octets }
  for (const bits of [24, 28, 36]) {
    const chosen = [...registry]
      .filter(([prefix]) => prefix.length === bits / 4)
      .map(([prefix, organisation]) => ({ value: Number.parseInt(prefix, 16), organisation }))
      .sort((a, b) => a.value - b.value)
    const prefixes = chosen.map(({ value }) => value)
    contents[`prefix${bits}`] = bits === 36 ? Float64Array.from(prefixes) : Uint32Array.from(prefixes)
    contents[`organisation${bits}`] = Uint16Array.from(
      chosen,
      ({ organisation }) => index.get(organisation) ?? 0,
    )
  }
  return contents
}

export function packEnterpriseNumbers(registry: Registry): Contents {
  const rows = [...registry]
    .map(([number, name]) => ({ number: Number(number), name }))
    .sort((a, b) => a.number - b.number)
  const { offsets, octets } = packTexts(rows.map(({ name }) => name))
  return { numbers: Uint32Array.from(rows, ({ number }) => number), offsets, names: octets }
}
