import { Gauge, type Registry } from 'prom-client'

/** What the service tells Prometheus of its models. */
export type ModelGauges = ReturnType<typeof createModelGauges>

export function createModelGauges(registry: Registry) {
  const registers = [registry]
  return {
    scoring: new Gauge({
      name: 'fairmile_model_scoring',
      help: '1 for the version that scores; stands_in says whether it does so for a live one that cannot be used',
      labelNames: ['model', 'version', 'stands_in'],
      registers,
    }),
    psi: new Gauge({
      name: 'fairmile_model_drift_psi',
      help: 'Population stability index of the last days’ scores against the training portfolio, by quantity (score, or a feature)',
      labelNames: ['model', 'version', 'quantity'],
      registers,
    }),
    driftDrivers: new Gauge({
      name: 'fairmile_model_drift_drivers',
      help: 'Drivers whose scores the drift is told of',
      labelNames: ['model', 'version'],
      registers,
    }),
    agreement: new Gauge({
      name: 'fairmile_edge_cloud_agreement_ratio',
      help: 'Share of the last days’ events of which the cloud finds in the trace what the car said',
      registers,
    }),
    compared: new Gauge({
      name: 'fairmile_edge_cloud_events',
      help: 'The last days’ events by what became of the comparison',
      labelNames: ['outcome'],
      registers,
    }),
  }
}
