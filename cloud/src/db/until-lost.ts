import type { Sql, TransactionSql } from 'postgres'

type Work<T> = (tx: TransactionSql) => T | Promise<T>

/**
 * Begins a transaction whose work falls silent once its connection is lost.
 *
 * The driver rejects the transaction then, but its work goes on, and what is still sent on that connection (a statement, the rollback)
 * ends the process: https://github.com/porsager/postgres/issues/1208. So statements are refused, and the work is never seen to end.
 * Only what the driver itself says of this connection counts as that: an error of the work, whatever its code, undoes the transaction.
 *
 * @throws the driver's error where the connection was lost
 */
export async function beginUntilLost<T>(sql: Sql, work: Work<T>): Promise<unknown> {
  let lost: unknown = null
  const watched = (query: ReturnType<TransactionSql['unsafe']>): typeof query => {
    query.catch((error: unknown) => {
      if (isLost(error)) lost ??= error
    })
    return query
  }
  const guarded = (tx: TransactionSql): TransactionSql => {
    const { unsafe, savepoint } = tx
    return Object.assign(tx, {
      unsafe: (...args: Parameters<typeof unsafe>) => {
        if (lost !== null) throw lost
        return watched(unsafe(...args))
      },
      savepoint: async (inside: Work<unknown>) => {
        if (lost !== null) throw lost
        let own: { error: unknown } | null = null
        const noted = async (inner: TransactionSql) => {
          try {
            return await inside(inner)
          } catch (error) {
            own = { error }
            throw error
          }
        }
        return savepoint((inner) => ended(noted, inner)).catch((error: unknown) => {
          const statements = own === null || own.error !== error
          if (statements && isLost(error)) lost ??= error
          throw error
        })
      },
    })
  }
  const ended = <V>(inside: Work<V>, tx: TransactionSql): Promise<V> =>
    new Promise((resolve, reject) => {
      Promise.resolve(tx)
        .then((session) => inside(guarded(session)))
        .then(
          (value) => lost ?? resolve(value),
          (error: unknown) => lost ?? reject(error),
        )
    })
  try {
    return await sql.begin((tx) => ended(work, tx))
  } catch (error) {
    lost ??= error // the work may still go on
    throw error
  }
}

/** Of the driver, and of the system where many addresses were tried. */
const lostCodes = /^(CONNECTION_|CONNECT_TIMEOUT|ECONN|EPIPE|ETIMEDOUT|EHOSTUNREACH|ENETUNREACH)/

/** True for what the driver gives where a connection ended, and for what the server says before it ends one. */
export function isLost(error: unknown): boolean {
  let root = error
  while (root instanceof Error && root.cause instanceof Error) root = root.cause
  const { code, severity, syscall } = (root ?? {}) as Record<'code' | 'severity' | 'syscall', unknown>
  return severity === 'FATAL' || typeof syscall === 'string' || (typeof code === 'string' && lostCodes.test(code))
}
