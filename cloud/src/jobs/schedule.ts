/** When a job is due, as cron has it (minute, hour, day, month, weekday), in UTC. */
interface Schedule {
  readonly cron: string
  /** What it does, for `jobs list`. */
  readonly does: string
}

/** Everything that recurs in the cloud, once for all of its processes. A job is scheduled by the first worker that brings a handler for it. */
export const schedule = {
  'partitions-ahead': { cron: '7 * * * *', does: 'makes sure of the months ahead of telematics_events' },
  'close-open-ends': {
    cron: '27 * * * *',
    does: 'closes open ends of devices’ chains whose batch before is on record',
  },
  'measure-models': { cron: '*/20 * * * *', does: 'measures drift and agreement of the models' },
  'look-at-trips': {
    cron: '* * * * *',
    does: 'makes accounts of trips whose telematics came, and finds those without a record',
  },
  'summarize-months': { cron: '*/5 * * * *', does: 'brings the index on time of telematics_events up to date' },
  'digest-trips': { cron: '* * * * *', does: 'makes digests of trips whose seconds have come' },
  'close-reward-weeks': { cron: '10 3 * * *', does: 'gives the points of weeks that are over, and decides challenges' },
  'rule-silent-contests': { cron: '12 * * * *', does: 'upholds contests that nobody ruled on within ten working days' },
  'apply-limit-corrections': {
    cron: '*/5 * * * *',
    does: 'judges events of speeding by limits that were corrected, and has all who are affected priced anew',
  },
  'bill-periods': { cron: '5 3 * * *', does: 'bills the periods of policies that are over' },
  'publish-receipt-root': { cron: '5 0 * * *', does: "publishes the signed roots of the days' receipts" },
  'rescore-drivers': { cron: '10 3 * * *', does: 'scores drivers whose trips or model changed' },
  'bulk-actions': { cron: '* * * * *', does: 'does what admins started for many things at once' },
  'monthly-reports': { cron: '15 3 * * *', does: 'makes the reports of months that are over, where they are missing' },
  'retain-partitions': { cron: '20 2 * * *', does: 'archives and detaches months that are past their time' },
  'retain-rows': { cron: '30 2 * * *', does: 'removes what was kept as long as FAIRMILE_RETENTION says' },
  'retain-domain-events': { cron: '40 2 * * *', does: 'removes domain events that were handled long ago' },
  'tell-silent-devices': { cron: '35 * * * *', does: 'tells drivers and admins of devices that are silent' },
  'retain-notifications': { cron: '50 2 * * *', does: 'removes notifications of long ago' },
} as const satisfies Record<string, Schedule>

export type JobName = keyof typeof schedule

export const jobNames = Object.keys(schedule) as JobName[]

/** A job's work; what it gives is logged where it is an object. It has to stand being run twice: a process may die before it can say that it is done. */
export type JobHandler = (options: { signal: AbortSignal }) => Promise<unknown>
