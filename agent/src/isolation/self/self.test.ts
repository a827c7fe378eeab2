import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { findNeighbourLimit, findReversePathFilter } from '../../doctor/system.ts'
import { readLinkStates } from '../../net/link-state.ts'
import { checkSelf } from './conclude.ts'
import { readMachine } from './machine.ts'
import { natRules } from './nat.ts'

let root = ''
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'ophav-machine-'))
  interfaces('lo', 'eth0', 'eth1')
})
afterEach(() => rmSync(root, { recursive: true, force: true }))

/** Writes a file of the kernel, as it would show it. */
function put(path: string, text: string): void {
  mkdirSync(dirname(join(root, path)), { recursive: true })
  writeFileSync(join(root, path), `${text}\n`)
}

function interfaces(...names: string[]): void {
  put('proc/net/dev', ['Inter-|', ' face |', ...names.map((name) => `${name.padStart(6)}: 0 0`)].join('\n'))
  for (const name of names) put(`sys/class/net/${name}/carrier`, '1')
}

const check = (homes: string[], nat: string[] | null = []) => checkSelf({ ...readMachine(root, homes), nat })

describe('a machine', () => {
  test('that stands on one network or forwards nothing passes', () => {
    put('proc/sys/net/ipv4/conf/eth0/forwarding', '0')
    expect(check(['eth0', 'eth1'])).toMatchObject({ outcome: 'pass', reasons: [], notChecked: [] })
    put('proc/sys/net/ipv4/conf/eth0/forwarding', '1')
    expect(check(['eth0']).outcome).toBe('pass')
  })

  test('that forwards between two networks does not, in IPv4 and in IPv6', () => {
    for (const family of ['ipv4', 'ipv6']) {
      put(`proc/sys/net/${family}/conf/eth1/forwarding`, '1')
      const { outcome, reasons } = check(['eth0', 'eth1'])
      expect([outcome, reasons.map(({ what }) => what)]).toEqual(['violation', ['forwarding']])
      put(`proc/sys/net/${family}/conf/eth1/forwarding`, '0')
    }
  })

  test('that bridges, answers ARP for others or translates addresses does not', () => {
    for (const port of ['eth0', 'eth1']) put(`sys/class/net/br0/brif/${port}/state`, '3')
    interfaces('lo', 'eth0', 'eth1', 'br0')
    put('proc/sys/net/ipv4/conf/eth0/proxy_arp', '1')
    const { reasons } = check(['br0'], ['oifname "eth0" masquerade'])
    expect(reasons.map(({ what }) => what)).toEqual(['bridge', 'proxy', 'nat'])
  })

  test('with a container engine is told what to do about it', () => {
    interfaces('lo', 'eth0', 'docker0')
    put('proc/sys/net/ipv4/conf/all/forwarding', '1')
    expect(check(['eth0', 'docker0']).reasons[0]?.advice).toContain('container engine')
  })

  test('that does not tell is not taken for one that passes', () => {
    rmSync(join(root, 'proc'), { recursive: true })
    expect(check(['eth0'], null)).toMatchObject({ outcome: 'not-checked', reasons: [] })
  })
})

test('rules that translate are found in what the programs print', () => {
  const nft =
    'table ip nat {\n chain postrouting {\n  oifname "eth0" masquerade\n  ip saddr 10.0.0.1 accept\n }\n}'
  expect(natRules(nft, /\b(masquerade|snat)\b/)).toEqual(['oifname "eth0" masquerade'])
  expect(
    natRules('*nat\n-A POSTROUTING -s 172.17.0.0/16 -j MASQUERADE\nCOMMIT', /-j (MASQUERADE|SNAT)\b/),
  ).toHaveLength(1)
})

describe('links', () => {
  const HEAD = 'Iface\tDestination\tGateway \tFlags\tRefCnt\tUse\tMetric\tMask\t\tMTU\tWindow\tIRTT'

  test('are read with their ranges, gateways and carriers', () => {
    put(
      'proc/net/route',
      [
        HEAD,
        'eth0\t00000000\t0100000A\t0003\t0\t0\t0\t00000000\t0\t0\t0',
        'eth0\t0000000A\t00000000\t0001\t0\t0\t0\t00FFFFFF\t0\t0\t0',
        'nonsense',
      ].join('\n'),
    )
    put('sys/class/net/eth1/carrier', '0')
    const states = readLinkStates(root, ['lo'])
    expect(states?.find(({ name }) => name === 'eth0')).toEqual({
      name: 'eth0',
      hasCarrier: true,
      ranges: [[0x0a000000, 0x0a0000ff]],
      gateways: [0x0a000001],
    })
    expect(states?.find(({ name }) => name === 'eth1')?.hasCarrier).toBe(false)
  })

  test('of another namespace, which sysfs may show, are not believed', () => {
    put('proc/net/route', HEAD)
    put('proc/net/dev', 'Inter-|\n face |\n  seg0: 0 0')
    expect(readLinkStates(root, [])).toEqual([{ name: 'seg0', hasCarrier: false, ranges: [], gateways: [] }])
  })
})

test("the neighbour table's limit and the reverse path filter are judged by what they cost here", () => {
  expect(findNeighbourLimit(65_536, true, root).level).toBe('not-checked')
  put('proc/sys/net/ipv4/neigh/default/gc_thresh3', '1024')
  expect(findNeighbourLimit(254, false, root).level).toBe('ok')
  expect(findNeighbourLimit(65_536, true, root).level).toBe('ok')
  expect(findNeighbourLimit(65_536, false, root).level).toBe('warn')
  put('proc/sys/net/ipv4/conf/all/rp_filter', '0')
  put('proc/sys/net/ipv4/conf/eth0/rp_filter', '2')
  const link = { name: 'eth0', hasCarrier: true, ranges: [] }
  expect(findReversePathFilter([{ ...link, gateways: [] }], root)[0]?.level).toBe('warn')
  expect(findReversePathFilter([{ ...link, gateways: [1] }], root)[0]?.level).toBe('ok')
})
