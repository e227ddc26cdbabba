import { Counter, Gauge, type Registry } from 'prom-client'

export type BrokerCounters = ReturnType<typeof createBrokerCounters>

/** What the broker counts. */
export const createBrokerCounters = (registry: Registry) => ({
  messages: new Counter({
    name: 'fairmile_mqtt_messages_total',
    help: 'Messages from devices that were let through',
    registers: [registry],
  }),
  unheard: new Counter({
    name: 'fairmile_mqtt_unheard_total',
    help: 'Messages that came while no process of the cloud listened; devices send them again',
    registers: [registry],
  }),
  refused: new Counter({
    name: 'fairmile_mqtt_refused_total',
    help: 'Connections, subscriptions and messages refused, by reason',
    labelNames: ['reason'],
    registers: [registry],
  }),
  droppedThere: new Gauge({
    name: 'fairmile_mqtt_broker_dropped_messages',
    help: 'Messages that the outside broker says it has dropped since its start (Mosquitto: $SYS)',
    registers: [registry],
  }),
})
