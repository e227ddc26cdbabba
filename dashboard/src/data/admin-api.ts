import type { AdminDriver, AdminPolicy, AdminUser } from '@fairmile/contract/http/admin-lists.ts'
import type { AdminOverview } from '@fairmile/contract/http/admin-overview.ts'
import type {
  BulkAction,
  BulkItem,
  BulkPreview,
  BulkRun,
  MovePolicies,
  RescoreDrivers,
} from '@fairmile/contract/http/bulk.ts'
import type { Driver } from '@fairmile/contract/http/drivers.ts'
import type { Page } from '@fairmile/contract/http/page.ts'
import type { PlanList } from '@fairmile/contract/http/plans.ts'
import type { Report, ReportKind, ReportSummary } from '@fairmile/contract/http/reports.ts'
import { answer, client } from './client.ts'
import { of, sent } from './parameters.ts'
import { type RequestOptions, request } from './request.ts'

const { GET, POST, PATCH } = client
const until = (signal?: AbortSignal) => (signal ? { signal } : {})
/** Rows of a page of an admin's list. */
const pageSize = '50'

/** A page of a list, by the filters as they stand in the address bar. */
function list<T>(name: 'drivers' | 'policies' | 'users', search: string, cursor: string | null, signal?: AbortSignal) {
  const query = new URLSearchParams(search)
  query.set('limit', pageSize)
  if (cursor !== null) query.set('cursor', cursor)
  const options: RequestOptions = { signal }
  return request<Page<T>>(`/api/v1/admin/${name}?${query}`, options)
}

/** What the pages have done to many at once. */
export type BulkChange = MovePolicies | RescoreDrivers | { users: { ids: string[] } }

/** Who gets a log-in; without a password they are invited by e-mail to choose one. */
export interface NewLogIn {
  name: string
  email: string
  password?: string
}

/** Where the CSV of a report is. */
export const reportCsvAddress = (reportId: string): string => `/api/v1/admin/reports/${reportId}/csv`

/** Everything that the pages of admins ask the cloud for; failures are `ApiError`s. */
export const adminApi = {
  overview: (_key: true, signal?: AbortSignal): Promise<AdminOverview> =>
    answer(GET('/api/v1/admin/overview', until(signal))),
  drivers: (search: string, cursor: string | null, signal?: AbortSignal) =>
    list<AdminDriver>('drivers', search, cursor, signal),
  policies: (search: string, cursor: string | null, signal?: AbortSignal) =>
    list<AdminPolicy>('policies', search, cursor, signal),
  users: (search: string, cursor: string | null, signal?: AbortSignal) =>
    list<AdminUser>('users', search, cursor, signal),
  plans: (_key: true, signal?: AbortSignal): Promise<PlanList> => answer(GET('/api/v1/plans', until(signal))),
  createUser: (body: NewLogIn): Promise<AdminUser> => answer(POST('/api/v1/admin/users', { body })),
  createDriver: (body: NewLogIn): Promise<Driver> => answer(POST('/api/v1/drivers', { body })),
  /** Sends the invitation of a log-in again. */
  inviteUser: (userId: string): Promise<AdminUser> =>
    answer(POST('/api/v1/admin/users/{userId}/invitation', of({ userId }))),
  enableUser: (userId: string): Promise<AdminUser> =>
    answer(PATCH('/api/v1/admin/users/{userId}', { params: { path: { userId } }, body: { disabled: false } })),
  setPassword: (userId: string, password: string): Promise<AdminUser> =>
    answer(POST('/api/v1/admin/users/{userId}/password', { params: { path: { userId } }, body: { password } })),
  previewBulk: (action: BulkAction, body: BulkChange): Promise<BulkPreview> =>
    answer(POST('/api/v1/admin/bulk/{action}/preview', { ...of({ action }), body: sent(body) })),
  startBulk: (action: BulkAction, token: string): Promise<BulkRun> =>
    answer(POST('/api/v1/admin/bulk/{action}', { params: { path: { action } }, body: { token } })),
  bulkRun: (runId: string, signal?: AbortSignal): Promise<BulkRun> =>
    answer(GET('/api/v1/admin/bulk-runs/{runId}', { params: { path: { runId } }, ...until(signal) })),
  bulkRuns: (signal?: AbortSignal): Promise<Page<BulkRun>> => answer(GET('/api/v1/admin/bulk-runs', until(signal))),
  bulkItems: (runId: string, signal?: AbortSignal): Promise<Page<BulkItem>> =>
    answer(
      GET('/api/v1/admin/bulk-runs/{runId}/items', {
        params: { path: { runId }, query: { limit: 100 } },
        ...until(signal),
      }),
    ),
  reports: (kind: ReportKind | '', cursor: string | null, signal?: AbortSignal): Promise<Page<ReportSummary>> =>
    answer(
      GET('/api/v1/admin/reports', {
        params: { query: { ...(kind && { kind }), ...(cursor && { cursor }) } },
        ...until(signal),
      }),
    ),
  report: (reportId: string, signal?: AbortSignal): Promise<Report> =>
    answer(GET('/api/v1/admin/reports/{reportId}', { params: { path: { reportId } }, ...until(signal) })),
  makeReport: (kind: ReportKind, period: string): Promise<Report> =>
    answer(POST('/api/v1/admin/reports', { body: { kind, period } })),
}
