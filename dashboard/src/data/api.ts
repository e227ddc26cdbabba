import type { Session, User } from '@fairmile/contract/http/auth.ts'
import type { DeadLetter } from '@fairmile/contract/http/dead-letters.ts'
import type { DeviceCare } from '@fairmile/contract/http/device-care.ts'
import type { Device } from '@fairmile/contract/http/devices.ts'
import type { Driver } from '@fairmile/contract/http/drivers.ts'
import type { DrivingEventDetail, DrivingEventList } from '@fairmile/contract/http/events.ts'
import type { Page } from '@fairmile/contract/http/page.ts'
import type { Premium, ReceiptSummary } from '@fairmile/contract/http/pricing.ts'
import type { DriverReasons } from '@fairmile/contract/http/reasons.ts'
import type { ScoreBreakdown, ScoreComparison, ScoreRecommendations, ScoreTrend } from '@fairmile/contract/http/risk.ts'
import type { Score } from '@fairmile/contract/http/score.ts'
import type { Trip, TripPath } from '@fairmile/contract/http/trips.ts'
import type { Receipt } from '@fairmile/contract/receipt.ts'
import { request } from './request.ts'

const base = '/api/v1'

/** Which page of a list; nothing for the first. */
export interface PageOf {
  cursor?: string | null
  limit?: number
}

const get = <T>(path: string, signal?: AbortSignal): Promise<T> => request<T>(`${base}${path}`, { signal })

const query = ({ cursor, limit }: PageOf): string => {
  const parameters = new URLSearchParams()
  if (cursor) parameters.set('cursor', cursor)
  if (limit) parameters.set('limit', String(limit))
  return parameters.size > 0 ? `?${parameters}` : ''
}

/** Where a receipt's JSON is, byte for byte as it was issued. */
export const receiptAddress = (driverId: string, id: string): string => `${base}/drivers/${driverId}/receipts/${id}`

/** Everything the pages ask the cloud for over HTTP, typed by the contract; failures are `ApiError`s. */
export const api = {
  login: (email: string, password: string) =>
    request<Session>(`${base}/auth/login`, { method: 'POST', body: { email, password } }),
  logout: () => request<null>(`${base}/auth/logout`, { method: 'POST' }),
  me: (signal?: AbortSignal) => get<User>('/auth/me', signal),
  driver: (id: string, signal?: AbortSignal) => get<Driver>(`/drivers/${id}`, signal),
  score: (driverId: string, signal?: AbortSignal) => get<Score>(`/drivers/${driverId}/score`, signal),
  reasons: (driverId: string, signal?: AbortSignal) => get<DriverReasons>(`/drivers/${driverId}/reasons`, signal),
  breakdown: (driverId: string, signal?: AbortSignal) => get<ScoreBreakdown>(`/drivers/${driverId}/breakdown`, signal),
  comparison: (driverId: string, signal?: AbortSignal) =>
    get<ScoreComparison>(`/drivers/${driverId}/comparison`, signal),
  recommendations: (driverId: string, signal?: AbortSignal) =>
    get<ScoreRecommendations>(`/drivers/${driverId}/recommendations`, signal),
  trend: (driverId: string, signal?: AbortSignal) => get<ScoreTrend>(`/drivers/${driverId}/trend`, signal),
  premium: (driverId: string, signal?: AbortSignal) => get<Premium>(`/drivers/${driverId}/premium`, signal),
  trips: (driverId: string, page: PageOf = {}, signal?: AbortSignal) =>
    get<Page<Trip>>(`/drivers/${driverId}/trips${query(page)}`, signal),
  trip: (id: string, signal?: AbortSignal) => get<Trip>(`/trips/${id}`, signal),
  path: (tripId: string, signal?: AbortSignal) => get<TripPath>(`/trips/${tripId}/path`, signal),
  events: (tripId: string, signal?: AbortSignal) => get<DrivingEventList>(`/trips/${tripId}/events`, signal),
  event: (id: string, signal?: AbortSignal) => get<DrivingEventDetail>(`/events/${id}`, signal),
  receipts: (driverId: string, page: PageOf = {}, signal?: AbortSignal) =>
    get<Page<ReceiptSummary>>(`/drivers/${driverId}/receipts${query(page)}`, signal),
  receipt: (driverId: string, id: string, signal?: AbortSignal) =>
    get<Receipt>(`/drivers/${driverId}/receipts/${id}`, signal),
  devices: (page: PageOf = {}, signal?: AbortSignal) => get<Page<Device>>(`/devices${query(page)}`, signal),
  deviceCare: (id: string, signal?: AbortSignal) => get<DeviceCare>(`/devices/${id}/care`, signal),
  /** Has a device examine itself; its report comes when it is next online. */
  askDoctor: (id: string) =>
    request<{ id: string }>(`${base}/devices/${id}/commands`, { method: 'POST', body: { type: 'doctor' } }),
  deadLetters: (page: PageOf = {}, signal?: AbortSignal) =>
    get<Page<DeadLetter>>(`/dead-letters${query(page)}`, signal),
}
