/** The rows of Tabel 1 and Tabel 2 as the memo has them, and which class falls in which. */

export const HARDWARE_TYPES = [
  type('drone', 'Drone', 'Drone', 'droner', 'drones'),
  type(
    'video-console',
    'Videokonferencekonsol',
    'Video conference console',
    'videokonferencekonsoller',
    'video conference consoles',
  ),
  type('surveillance-camera', 'Overvågningskamera', 'Surveillance camera', 'kameraer', 'cameras'),
  type('traffic-camera', 'Trafikkamera', 'Traffic camera', 'trafikkameraer', 'traffic cameras'),
  type('laptop', 'Bærbar PC', 'Laptop PC', 'bærbare pc’er', 'laptop PCs', 'PC (Bærbar)', 'PC (laptop)'),
  type(
    'desktop',
    'Stationær PC',
    'Desktop PC',
    'stationære pc’er',
    'desktop PCs',
    'PC (Stationær)',
    'PC (desktop)',
  ),
  type(
    'educational-pc',
    'PC (Pædagogisk område)',
    'PC (educational)',
    'pc’er',
    'PCs',
    'PC (Pædagogisk)',
    'PC (educational)',
  ),
  type('router', 'Router', 'Router', 'routere', 'routers'),
]

function type(
  key: string,
  label_da: string,
  label_en: string,
  plural_da: string,
  plural_en: string,
  cost_label_da = label_da,
  cost_label_en = label_en,
) {
  return { key, label_da, label_en, cost_label_da, cost_label_en, plural_da, plural_en }
}

/** Class, purpose of the segment or register (null: any), row. The first that fits decides. */
export const CLASSIFICATION: readonly (readonly [string, string | null, string])[] = [
  ['drone', null, 'drone'],
  ['video-console', null, 'video-console'],
  ['traffic-camera', null, 'traffic-camera'],
  ['camera', 'traffic', 'traffic-camera'],
  ['camera', null, 'surveillance-camera'],
  ['laptop', 'education', 'educational-pc'],
  ['desktop', 'education', 'educational-pc'],
  ['pc', 'education', 'educational-pc'],
  ['tablet', 'education', 'educational-pc'],
  ['laptop', null, 'laptop'],
  ['desktop', null, 'desktop'],
  ['pc', null, 'desktop'],
  ['router', null, 'router'],
  // The memo counts "wifi-routere" in the same row.
  ['access-point', null, 'router'],
]
