import { Counter } from 'prom-client'
import { takeIn } from '../events/bus/inbox.ts'
import { createRelay } from '../events/bus/relay.ts'
import { chooseRoad } from '../events/bus/road.ts'
import type { RoleContext } from './role.ts'

/** Sets the road of domain events for all processes of the database; where it is Kafka, brings them there and back. */
export async function startBus({ config, database, metrics, log, parts }: RoleContext): Promise<void> {
  const { kafkaBrokers: brokers } = config
  const { db } = database
  await chooseRoad(db, brokers ? 'kafka' : 'table')
  if (!brokers) return
  const unreadable = new Counter({
    name: 'fairmile_bus_unreadable_total',
    help: 'Records on the bus that are no domain events of ours, passed over',
    registers: [metrics.registry],
  })
  // Its client is three hundred modules.
  const { createKafkaBus } = await import('../events/bus/kafka.ts')
  const bus = createKafkaBus({ brokers, unreadable, log })
  const relay = createRelay({ database, bus, log })
  parts.defer(() => bus.close())
  parts.defer(() => relay.stop())
  bus.subscribe(async (events) => {
    await takeIn(db, events)
  })
  relay.start()
}
