import { Counter, collectDefaultMetrics, Gauge, Registry } from 'prom-client'

/** What the service tells Prometheus; names carry their unit. */
export type Metrics = ReturnType<typeof createMetrics>

/** A registry of its own, so that two services in one process (as in tests) do not share counts. */
export function createMetrics() {
  const registry = new Registry()
  const registers = [registry]
  collectDefaultMetrics({ register: registry })
  return {
    registry,
    httpRequests: new Counter({
      name: 'fairmile_http_requests_total',
      help: 'Requests answered, by method and status',
      labelNames: ['method', 'status'],
      registers,
    }),
    rateLimited: new Counter({
      name: 'fairmile_rate_limited_total',
      help: 'Requests refused for too many of them, by policy (user, address, login)',
      labelNames: ['policy'],
      registers,
    }),
    liveSockets: new Gauge({ name: 'fairmile_live_sockets', help: 'Open live sockets', registers }),
    liveDropped: new Counter({
      name: 'fairmile_live_dropped_total',
      help: 'Live messages that a socket or Redis never got, or that were none of ours',
      labelNames: ['reason'],
      registers,
    }),
    deliveries: new Counter({
      name: 'fairmile_domain_deliveries_total',
      help: 'Domain events handled, by consumer and outcome (done, retry, dead)',
      labelNames: ['consumer', 'outcome'],
      registers,
    }),
    jobs: new Counter({
      name: 'fairmile_jobs_total',
      help: 'Recurring jobs run, by job and outcome (done, retry, dead)',
      labelNames: ['job', 'outcome'],
      registers,
    }),
  }
}
