/** When a job is due, as cron has it (minute, hour, day, month, weekday), in UTC. */
interface Schedule {
  readonly cron: string
  /** What it does, for `jobs list`. */
  readonly does: string
}

/** Everything that recurs in the cloud, once for all of its processes. A job nobody brought a handler for is not scheduled. */
export const schedule = {
  'partitions-ahead': { cron: '7 * * * *', does: 'makes sure of the months ahead of telematics_events' },
  'measure-models': { cron: '*/20 * * * *', does: 'measures drift and agreement of the models' },
  'look-at-trips': {
    cron: '* * * * *',
    does: 'makes accounts of trips whose telematics came, and finds those without a record',
  },
  'bulk-actions': { cron: '* * * * *', does: 'does what admins started for many things at once' },
  'monthly-reports': { cron: '15 3 1 * *', does: 'makes the reports of the month that is over' },
  'retain-partitions': { cron: '20 2 * * *', does: 'archives and detaches months that are past their time' },
  'retain-rows': { cron: '30 2 * * *', does: 'removes what was kept as long as FAIRMILE_RETENTION says' },
  'retain-domain-events': { cron: '40 2 * * *', does: 'removes domain events that were handled long ago' },
  'retain-notifications': { cron: '50 2 * * *', does: 'removes notifications of long ago' },
} as const satisfies Record<string, Schedule>

export type JobName = keyof typeof schedule

export const jobNames = Object.keys(schedule) as JobName[]

/** A job's work; what it gives is logged where it is an object. It has to stand being run twice: a process may die before it can say that it is done. */
export type JobHandler = (options: { signal: AbortSignal }) => Promise<unknown>
