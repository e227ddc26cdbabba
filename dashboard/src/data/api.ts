import type { Session, User } from '@fairmile/contract/http/auth.ts'
import type { DeviceCare } from '@fairmile/contract/http/device-care.ts'
import type { Device } from '@fairmile/contract/http/devices.ts'
import type { Driver } from '@fairmile/contract/http/drivers.ts'
import type { DrivingEventDetail, DrivingEventList } from '@fairmile/contract/http/events.ts'
import type { Page } from '@fairmile/contract/http/page.ts'
import type { Premium, ReceiptSummary, TripPremium } from '@fairmile/contract/http/pricing.ts'
import type { Trip, TripPath } from '@fairmile/contract/http/trips.ts'
import type { Receipt } from '@fairmile/contract/receipt.ts'
import { answer, client } from './client.ts'
import { contestsApi } from './contests-api.ts'
import { ledgerApi } from './ledger-api.ts'
import { notificationsApi } from './notifications-api.ts'
import { of, type PageOf, pageOf, queryOf, until } from './parameters.ts'
import { plansApi } from './plans-api.ts'
import { rewardsApi } from './rewards-api.ts'
import { scoreApi } from './score-api.ts'

/** Where a receipt's JSON is, byte for byte as it was issued. */
export const receiptAddress = (driverId: string, id: string): string => `/api/v1/drivers/${driverId}/receipts/${id}`

const { GET, POST } = client

/**
 * Everything the pages ask the cloud for over HTTP; failures are `ApiError`s.
 *
 * What is asked is typed by the API's own description, and the answers by the contract: where the two part, this does not compile.
 */
export const api = {
  ...contestsApi,
  ...ledgerApi,
  ...notificationsApi,
  ...plansApi,
  ...rewardsApi,
  ...scoreApi,
  login: (email: string, password: string): Promise<Session> =>
    answer(POST('/api/v1/auth/login', { body: { email, password } })),
  logout: (): Promise<null> => POST('/api/v1/auth/logout').then(() => null),
  /** Has a link by which a password is set mailed to an address, where that has a log-in; which is not told. */
  askPasswordLink: (email: string): Promise<null> =>
    POST('/api/v1/auth/password-links', { body: { email } }).then(() => null),
  /** Sets the password of a log-in by what stood in such a link. */
  usePasswordLink: (token: string, password: string): Promise<null> =>
    POST('/api/v1/auth/password', { body: { token, password } }).then(() => null),
  me: (signal?: AbortSignal): Promise<User> => answer(GET('/api/v1/auth/me', until(signal))),
  driver: (driverId: string, signal?: AbortSignal): Promise<Driver> =>
    answer(GET('/api/v1/drivers/{driverId}', of({ driverId }, signal))),
  /** Of a policy, or of the one that is the driver's now. */
  premium: (driverId: string, policyId: string | null, signal?: AbortSignal): Promise<Premium> => {
    const query = policyId === null ? {} : { policyId }
    return answer(
      GET('/api/v1/drivers/{driverId}/premium', { ...of({ driverId }, signal), params: { path: { driverId }, query } }),
    )
  },
  trips: (driverId: string, page: PageOf = {}, signal?: AbortSignal): Promise<Page<Trip>> =>
    answer(GET('/api/v1/drivers/{driverId}/trips', pageOf({ driverId }, page, signal))),
  trip: (tripId: string, signal?: AbortSignal): Promise<Trip> =>
    answer(GET('/api/v1/trips/{tripId}', of({ tripId }, signal))),
  /** What the term to date costs with a trip and without it; null for a trip that is in no price. */
  tripPremium: (tripId: string, signal?: AbortSignal): Promise<TripPremium | null> =>
    GET('/api/v1/trips/{tripId}/premium', of({ tripId }, signal)).then(({ data }) => data ?? null),
  path: (tripId: string, signal?: AbortSignal): Promise<TripPath> =>
    answer(GET('/api/v1/trips/{tripId}/path', of({ tripId }, signal))),
  events: (tripId: string, signal?: AbortSignal): Promise<DrivingEventList> =>
    answer(GET('/api/v1/trips/{tripId}/events', of({ tripId }, signal))),
  event: (eventId: string, signal?: AbortSignal): Promise<DrivingEventDetail> =>
    answer(GET('/api/v1/events/{eventId}', of({ eventId }, signal))),
  receipts: (driverId: string, page: PageOf = {}, signal?: AbortSignal): Promise<Page<ReceiptSummary>> =>
    answer(GET('/api/v1/drivers/{driverId}/receipts', pageOf({ driverId }, page, signal))),
  receipt: (driverId: string, receiptId: string, signal?: AbortSignal): Promise<Receipt> =>
    // The description says no more of a receipt than that it is an object: what is in it, the contract says.
    answer(
      GET('/api/v1/drivers/{driverId}/receipts/{receiptId}', of({ driverId, receiptId }, signal)),
    ) as Promise<Receipt>,
  devices: (page: PageOf = {}, signal?: AbortSignal): Promise<Page<Device>> =>
    answer(GET('/api/v1/devices', { params: { query: queryOf(page) }, ...until(signal) })),
  deviceCare: (deviceId: string, signal?: AbortSignal): Promise<DeviceCare> =>
    answer(GET('/api/v1/devices/{deviceId}/care', of({ deviceId }, signal))),
  /** Has a device examine itself; its report comes when it is next online. */
  askDoctor: (deviceId: string): Promise<{ id: string }> =>
    answer(POST('/api/v1/devices/{deviceId}/commands', { ...of({ deviceId }), body: { type: 'doctor' } })),
}
