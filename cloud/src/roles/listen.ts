import { type Check, createOperationsApp } from '../http/operations.ts'
import { type RunningServer, startServer } from '../server.ts'
import type { RoleContext } from './role.ts'

/** Serves operations alone: for a process without the role `api`. */
export function startOperations(context: RoleContext): Promise<RunningServer> {
  const { metrics, log } = context
  return listen(context, { app: createOperationsApp({ metrics, log, checks: checksOf(context) }), live: null })
}

/** What has to work before requests are taken. */
export const checksOf = ({ database: { db } }: RoleContext): Check[] => [
  { name: 'database', problem: () => db.execute('SELECT 1').then(() => null) },
]

/** Listens where the configuration says. */
export async function listen(
  { config: { host, port }, parts }: RoleContext,
  served: Pick<Parameters<typeof startServer>[0], 'app' | 'live'>,
): Promise<RunningServer> {
  const server = await startServer({ ...served, host, port })
  parts.defer(() => server.close())
  return server
}
