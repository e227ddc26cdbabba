import { Counter, Gauge, type Registry } from 'prom-client'
import type { PoolState } from './pool.ts'

/** Tells Prometheus how the connections to PostgreSQL are used. */
export function createPoolGauges(registry: Registry, state: () => PoolState): void {
  const registers = [registry]
  let told = 0
  new Gauge({
    name: 'fairmile_database_connections',
    help: 'Connections to PostgreSQL that are open, and those of them that are busy',
    labelNames: ['state'],
    registers,
    collect() {
      const { open, busy } = state()
      this.set({ state: 'open' }, open)
      this.set({ state: 'busy' }, busy)
    },
  })
  new Gauge({
    name: 'fairmile_database_waiting',
    help: 'Statements and transactions that wait for a connection to PostgreSQL',
    registers,
    collect() {
      this.set(state().waiting)
    },
  })
  new Counter({
    name: 'fairmile_database_wait_timeouts_total',
    help: 'Waits for a connection to PostgreSQL that were given up',
    registers,
    collect() {
      const { timeouts } = state()
      this.inc(timeouts - told)
      told = timeouts
    },
  })
}
