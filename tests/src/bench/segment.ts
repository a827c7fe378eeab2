/** A simulated segment in namespaces of its own, for one measurement. */
import { connect, Namespace } from '../wire/namespace.ts'
import { startSimulator, type SimulatorOrder } from '../wire/order.ts'

/** Two namespaces and a cable; ours ends in the simulator. */
export async function onSegment<T>(
  order: Omit<SimulatorOrder, 'interfaceName'>,
  address: string,
  work: (namespace: Namespace) => Promise<T>,
): Promise<T> {
  const own = await Namespace.create()
  const far = await Namespace.create(own)
  try {
    connect(own, 'seg0', far, 'seg1')
    own.ip('addr', 'add', address, 'dev', 'seg0')
    if (order.gateway !== undefined) own.ip('route', 'add', 'default', 'via', order.gateway)
    const simulator = await startSimulator(far, { interfaceName: 'seg1', ...order })
    try {
      return await work(own)
    } finally {
      await simulator.stop()
    }
  } finally {
    own.end()
    far.end()
  }
}
