import type { Metrics } from '../metrics.ts'
import type { Fetch } from './env.ts'

/** Counts what each request was answered with: that which its caller got. */
export function counted(fetch: Fetch, requests: Metrics['httpRequests']): Fetch {
  return async (request, env, ...rest) => {
    const response = await fetch(request, env, ...rest)
    requests.inc({ method: request.method, status: String(response.status) })
    return response
  }
}
