import type { Log } from '../log.ts'

/** Says in the log which trips of a policy are outside of its term, so that they are paid for by none. */
export const leftOutTo =
  (log: Pick<Log, 'warn'>) =>
  (policyId: string, tripIds: readonly string[]): void =>
    log.warn({ policyId, tripIds }, 'trips outside of their policy’s term are not priced')
