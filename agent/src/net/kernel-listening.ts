/** What can be heard, as the operating system offers it. */
import { openDatagramListener } from './datagram-listener.ts'
import { openFrameListener } from './frame/frame-listener.ts'
import { frameObstacle } from './frame/frame-socket.ts'
import { kernelNetwork } from './kernel-network.ts'
import type { Listening } from './listening.ts'
import { readNeighbours } from './neighbour-table.ts'

export const kernelListening = (): Listening => ({
  interfaces: () => kernelNetwork().interfaces(),
  frames: openFrameListener,
  frameObstacle,
  datagrams: openDatagramListener,
  neighbours: readNeighbours,
})
