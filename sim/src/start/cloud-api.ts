import type { Session } from '@fairmile/contract/http/auth.ts'
import type { CreatedDevice } from '@fairmile/contract/http/devices.ts'
import type { Driver } from '@fairmile/contract/http/drivers.ts'
import type { Page } from '@fairmile/contract/http/page.ts'
import type { Policy } from '@fairmile/contract/http/policies.ts'
import type { Premium } from '@fairmile/contract/http/pricing.ts'
import type { Score } from '@fairmile/contract/http/score.ts'
import type { Trip } from '@fairmile/contract/http/trips.ts'

/** The cloud's HTTP API as far as a demonstration needs it, with one person's log-in. */
export interface CloudApi {
  drivers(): Promise<Page<Driver>>
  createDriver(body: { name: string; email: string; password: string }): Promise<Driver>
  createPolicy(body: {
    driverId: string
    vehicle: { name: string }
    planId: string
    startsOn: string
    endsOn: string
  }): Promise<Policy>
  createDevice(policyId: string): Promise<CreatedDevice>
  trips(driverId: string): Promise<Page<Trip>>
  /** Null before the first one. */
  score(driverId: string): Promise<Score | null>
  premium(driverId: string): Promise<Premium | null>
}

/**
 * Logs in.
 *
 * @throws Error with the cloud's own words where it refuses
 */
export async function logIn(baseUrl: string, account: { email: string; password: string }): Promise<CloudApi> {
  const { accessToken } = await request<Session>(baseUrl, 'POST', '/auth/login', { body: account })
  const get = <T>(path: string): Promise<T> => request<T>(baseUrl, 'GET', path, { accessToken })
  const getOrNull = <T>(path: string): Promise<T | null> =>
    request<T | null>(baseUrl, 'GET', path, { accessToken, missingIsNull: true })
  const post = <T>(path: string, body: object): Promise<T> => request<T>(baseUrl, 'POST', path, { accessToken, body })
  return {
    drivers: () => get('/drivers?limit=100'),
    createDriver: (body) => post('/drivers', body),
    createPolicy: (body) => post('/policies', body),
    createDevice: (policyId) => post('/devices', { policyId }),
    trips: (driverId) => get(`/drivers/${driverId}/trips?limit=20`),
    score: (driverId) => getOrNull(`/drivers/${driverId}/score`),
    premium: (driverId) => getOrNull(`/drivers/${driverId}/premium`),
  }
}

async function request<T>(
  baseUrl: string,
  method: string,
  path: string,
  options: { accessToken?: string; body?: object; missingIsNull?: boolean },
): Promise<T> {
  const response = await fetch(`${baseUrl}/api/v1${path}`, {
    method,
    headers: {
      ...(options.accessToken ? { authorization: `Bearer ${options.accessToken}` } : {}),
      ...(options.body ? { 'content-type': 'application/json' } : {}),
      ...(options.body && options.accessToken ? { 'idempotency-key': crypto.randomUUID() } : {}),
    },
    ...(options.body ? { body: JSON.stringify(options.body) } : {}),
  })
  if (response.status === 404 && options.missingIsNull) return null as T
  const text = await response.text()
  if (!response.ok) throw new Error(`${method} ${path} was answered with ${response.status}: ${text.slice(0, 500)}`)
  return JSON.parse(text) as T
}
