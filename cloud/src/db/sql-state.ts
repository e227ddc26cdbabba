/** Where PostgreSQL finds no partition for a row; it reports that as a violated check, in words of the server's language. */
const partitionSearch = 'ExecFindPartition'
const undefinedTable = '42P01'
const lockNotAvailable = '55P03'
/** Two transactions were in one another's way: serialization failure, deadlock. */
const conflicts: readonly (string | null)[] = ['40001', '40P01']

/** True where the values are at fault: SQLSTATE classes 22 (data exception) and 23 (integrity constraint violation). */
export const isDataError = (error: unknown): boolean => /^2[23]/.test(sqlStateOf(error) ?? '')

/** True where a transaction was undone for another's sake: made again, it may pass. */
export const isConflict = (error: unknown): boolean => conflicts.includes(sqlStateOf(error))

/** True where a row found no partition: a month was taken away since it was made sure of. */
export const isMissingPartition = (error: unknown): boolean => rootOf(error).routine === partitionSearch

/** True where a table is missing: the database was never migrated. */
export const isUndefinedTable = (error: unknown): boolean => sqlStateOf(error) === undefinedTable

/** True where a lock was not to be had in the time that was given for it. */
export const isLockTimeout = (error: unknown): boolean => sqlStateOf(error) === lockNotAvailable

/** What the driver, the pool and the system say of a server that cannot be reached. */
const awayCodes =
  /^(CONNECTION_(CLOSED|ENDED|DESTROYED)|CONNECT_TIMEOUT|POOL_TIMEOUT|ECONNREFUSED|ECONNRESET|ENOENT|EPIPE|57P0[123]|53300)$/

/** True where the server is away, stops or takes no more connections: the same may work in a moment. */
export const isDatabaseAway = (error: unknown): boolean => awayCodes.test(String(rootOf(error).code))

/** The driver's error; Drizzle wraps it. */
function rootOf(error: unknown): Error & { code?: unknown; routine?: unknown } {
  let root = error
  while (root instanceof Error && root.cause instanceof Error) root = root.cause
  return root instanceof Error ? root : new Error(String(root))
}

function sqlStateOf(error: unknown): string | null {
  const { code } = rootOf(error)
  return typeof code === 'string' && /^[0-9A-Z]{5}$/.test(code) ? code : null
}
