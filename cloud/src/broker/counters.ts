import { Counter, type Registry } from 'prom-client'

export type BrokerCounters = ReturnType<typeof createBrokerCounters>

/** What the broker counts. */
export const createBrokerCounters = (registry: Registry) => ({
  messages: new Counter({
    name: 'fairmile_mqtt_messages_total',
    help: 'Messages from devices that were let through',
    registers: [registry],
  }),
  refused: new Counter({
    name: 'fairmile_mqtt_refused_total',
    help: 'Connections, subscriptions and messages refused, by reason',
    labelNames: ['reason'],
    registers: [registry],
  }),
})
