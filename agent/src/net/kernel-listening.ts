/** What can be heard, as the operating system offers it. */
import { openDatagramListener } from './datagram-listener.ts'
import { openFrameListener } from './frame/frame-listener.ts'
import { frameObstacle } from './frame/frame-socket.ts'
import { localInterfaces } from './kernel-network.ts'
import type { Listening } from './listening.ts'
import { readNeighbours } from './neighbour-table.ts'

export const kernelListening = (): Listening => ({
  interfaces: localInterfaces,
  frames: openFrameListener,
  frameObstacle,
  datagrams: openDatagramListener,
  neighbours: readNeighbours,
})
