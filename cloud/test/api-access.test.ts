import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { Problem } from '@fairmile/contract/http/problem.ts'
import { contests } from '../src/db/schema/contests.ts'
import { drivingEvents, trips } from '../src/db/schema/trips.ts'
import { addUser, caller, createTestApp } from './api-rig.ts'
import { addDevice } from './devices.ts'
import { engines } from './engines.ts'

/** Who may: what anonymous, the owner, another driver and an admin are answered, for the ids of a driver's own things. */
type Expected = readonly [anonymous: number, owner: number, other: number, admin: number]
const own: Expected = [401, 200, 404, 200]
/** Nothing is there yet, for whoever may ask. */
const ownEmpty: Expected = [401, 404, 404, 404]
const adminOnly: Expected = [401, 403, 403, 200]
/** An admin is let in, and there is none of that name. */
const adminFindsNone: Expected = [401, 403, 403, 404]
/** An empty body is refused after the caller is let in. */
const adminCreates: Expected = [401, 403, 403, 422]
/** An empty question is refused before it is asked whose it is; `api-what-if` asks whole ones. */
const asked: Expected = [401, 422, 422, 422]

const table: Record<string, Expected> = {
  'POST /api/v1/auth/login': [422, 422, 422, 422],
  'POST /api/v1/auth/logout': [204, 204, 204, 204],
  'GET /api/v1/auth/me': [401, 200, 200, 200],
  'POST /api/v1/auth/password-links': [422, 422, 422, 422],
  'POST /api/v1/auth/password': [422, 422, 422, 422],
  'POST /api/v1/drivers': adminCreates,
  'GET /api/v1/drivers': adminOnly,
  'GET /api/v1/drivers/{driverId}': own,
  'PATCH /api/v1/drivers/{driverId}': asked,
  'GET /api/v1/drivers/{driverId}/notifications': own,
  'POST /api/v1/drivers/{driverId}/notifications/read': asked,
  'GET /api/v1/drivers/{driverId}/notification-preferences': own,
  'PUT /api/v1/drivers/{driverId}/notification-preferences': asked,
  'POST /api/v1/drivers/{driverId}/push-subscriptions': asked,
  'DELETE /api/v1/drivers/{driverId}/push-subscriptions/{subscriptionId}': ownEmpty,
  'GET /api/v1/admin/notifications': adminOnly,
  'POST /api/v1/admin/notifications/read': adminCreates,
  'GET /api/v1/admin/notification-deliveries': adminOnly,
  'POST /api/v1/admin/notification-deliveries/replay': adminOnly,
  'GET /api/v1/admin/webhooks': adminOnly,
  'POST /api/v1/admin/webhooks': adminCreates,
  'PATCH /api/v1/admin/webhooks/{webhookId}': adminCreates,
  'DELETE /api/v1/admin/webhooks/{webhookId}': adminFindsNone,
  'POST /api/v1/admin/webhooks/{webhookId}/secret': adminFindsNone,
  'POST /api/v1/admin/webhooks/{webhookId}/test': adminFindsNone,
  'GET /api/v1/admin/webhooks/{webhookId}/attempts': adminOnly,
  'GET /api/v1/admin/domain-events': adminOnly,
  'GET /api/v1/admin/deliveries/dead': adminOnly,
  'POST /api/v1/admin/deliveries/replay': adminCreates,
  'POST /api/v1/live/tickets': [401, 201, 201, 201],
  'GET /api/v1/cache': adminOnly,
  'POST /api/v1/cache/invalidate': adminCreates,
  'POST /api/v1/policies': adminCreates,
  'GET /api/v1/policies/{policyId}': own,
  'POST /api/v1/policies/{policyId}/renew': [401, 403, 403, 409],
  'POST /api/v1/policies/{policyId}/endorse': adminCreates,
  'POST /api/v1/policies/{policyId}/cancel': adminCreates,
  'POST /api/v1/pricing/quote': asked,
  'GET /api/v1/trips/{tripId}/premium': own,
  'GET /api/v1/policies/{policyId}/ledger': own,
  // There is no model in this test, which is said after the caller is let in.
  'POST /api/v1/policies/{policyId}/bill': [401, 403, 403, 409],
  'GET /.well-known/fairmile-receipt-keys.json': [200, 200, 200, 200],
  'GET /api/v1/pricing/roots': [200, 200, 200, 200],
  'GET /api/v1/pricing/roots/{day}': [404, 404, 404, 404],
  'GET /api/v1/drivers/{driverId}/receipts/{receiptId}/proof': ownEmpty,
  'GET /api/v1/plans': [401, 200, 200, 200],
  'GET /api/v1/plans/schema': [401, 200, 200, 200],
  'GET /api/v1/plans/{planId}': ownEmpty,
  'POST /api/v1/plans': adminCreates,
  'POST /api/v1/plans/{planId}/simulate': adminFindsNone,
  'POST /api/v1/plans/{planId}/approve': adminCreates,
  'POST /api/v1/plans/{planId}/withdraw': adminCreates,
  'POST /api/v1/devices': adminCreates,
  'GET /api/v1/devices': adminOnly,
  'POST /api/v1/devices/claim': [422, 422, 422, 422],
  'GET /api/v1/devices/{deviceId}/care': adminOnly,
  'GET /api/v1/devices/{deviceId}/gaps': adminOnly,
  'GET /api/v1/devices/{deviceId}/chains': adminOnly,
  'GET /api/v1/devices/{deviceId}/raw-chunks': adminOnly,
  'GET /api/v1/devices/{deviceId}/raw-chunks/{boot}/{seq}': adminFindsNone,
  'PATCH /api/v1/devices/{deviceId}/settings': adminOnly,
  'POST /api/v1/devices/{deviceId}/commands': adminCreates,
  'GET /api/v1/dead-letters': adminOnly,
  'GET /api/v1/dead-letters/{letterId}': adminFindsNone,
  'GET /api/v1/dead-letters/{letterId}/payload': adminFindsNone,
  'POST /api/v1/dead-letters/replay': adminCreates,
  'GET /api/v1/drivers/{driverId}/export': own,
  'GET /api/v1/trips/{tripId}/export': own,
  'GET /api/v1/admin/export': adminOnly,
  'GET /api/v1/drivers/{driverId}/trips': own,
  'GET /api/v1/trips/{tripId}': own,
  'GET /api/v1/trips/{tripId}/path': own,
  'GET /api/v1/trips/{tripId}/events': own,
  'GET /api/v1/trips/{tripId}/versions': own,
  'GET /api/v1/trips/{tripId}/statistics': ownEmpty,
  'POST /api/v1/trips/{tripId}/driver': adminCreates,
  'GET /api/v1/drivers/{driverId}/statistics': ownEmpty,
  'GET /api/v1/events/{eventId}': own,
  'GET /api/v1/events/{eventId}/trace': own,
  'POST /api/v1/events/{eventId}/contest': asked,
  'GET /api/v1/drivers/{driverId}/contests': own,
  'GET /api/v1/contests': adminOnly,
  'GET /api/v1/contests/{contestId}': own,
  'POST /api/v1/contests/{contestId}/rulings': adminCreates,
  'POST /api/v1/contests/{contestId}/withdrawal': asked,
  'GET /api/v1/drivers/{driverId}/telematics': own,
  'GET /api/v1/fleet/hour': adminOnly,
  'GET /api/v1/drivers/{driverId}/score': ownEmpty,
  'GET /api/v1/drivers/{driverId}/features': ownEmpty,
  'GET /api/v1/drivers/{driverId}/reasons': ownEmpty,
  'POST /api/v1/drivers/{driverId}/what-if': asked,
  'GET /api/v1/drivers/{driverId}/premium': ownEmpty,
  'GET /api/v1/drivers/{driverId}/receipts': own,
  'GET /api/v1/drivers/{driverId}/receipts/{receiptId}': ownEmpty,
  'GET /api/v1/drivers/{driverId}/breakdown': ownEmpty,
  'GET /api/v1/drivers/{driverId}/comparison': ownEmpty,
  'GET /api/v1/drivers/{driverId}/recommendations': ownEmpty,
  'GET /api/v1/drivers/{driverId}/trend': own,
  'POST /api/v1/risk/batch-calculate': adminCreates,
  'GET /api/v1/risk/jobs': adminOnly,
  'GET /api/v1/risk/jobs/{jobId}': adminFindsNone,
  'DELETE /api/v1/risk/jobs/{jobId}': adminFindsNone,
  'GET /api/v1/risk/jobs/{jobId}/failures': adminFindsNone,
  'GET /api/v1/risk/jobs/{jobId}/stream': adminFindsNone,
  'GET /api/v1/drivers/{driverId}/rewards': own,
  'GET /api/v1/drivers/{driverId}/rewards/entries': own,
  'POST /api/v1/drivers/{driverId}/rewards/redemptions': asked,
  'PUT /api/v1/drivers/{driverId}/rewards/challenges/{challengeId}': [401, 404, 404, 403],
  'DELETE /api/v1/drivers/{driverId}/rewards/challenges/{challengeId}': [401, 200, 404, 403],
  'PUT /api/v1/drivers/{driverId}/rewards/leader-board': asked,
  'GET /api/v1/leader-boards/{boardId}': asked,
  'GET /api/v1/admin/rewards/catalogue': adminOnly,
  'POST /api/v1/admin/rewards/corrections': adminCreates,
  'GET /api/v1/admin/rewards/redemptions': adminOnly,
  'POST /api/v1/admin/rewards/redemptions/{redemptionId}/settlement': adminCreates,
  'GET /api/v1/admin/models': adminOnly,
  'GET /api/v1/admin/models/drift': adminOnly,
  'GET /api/v1/admin/models/agreement': adminOnly,
  'POST /api/v1/admin/models/{name}/versions/{version}/stage': adminCreates,
  'POST /api/v1/admin/models/{name}/rollback': adminCreates,
  'GET /api/v1/schema-registry/subjects': adminOnly,
  'GET /api/v1/schema-registry/subjects/{subject}/versions': adminFindsNone,
  'GET /api/v1/schema-registry/subjects/{subject}/versions/{version}': adminCreates,
  'GET /api/v1/schema-registry/subjects/{subject}/versions/{version}/schema': adminCreates,
  'POST /api/v1/schema-registry/subjects/{subject}/versions': adminCreates,
  'POST /api/v1/schema-registry/subjects/{subject}': adminCreates,
  'GET /api/v1/schema-registry/schemas/types': adminOnly,
  'GET /api/v1/schema-registry/schemas/ids/{id}': adminFindsNone,
  'GET /api/v1/schema-registry/schemas/ids/{id}/versions': adminFindsNone,
  'GET /api/v1/schema-registry/schemas/fingerprints/{fingerprint}': adminFindsNone,
  'POST /api/v1/schema-registry/compatibility/subjects/{subject}/versions/{version}': adminCreates,
  'POST /api/v1/schema-registry/compatibility/subjects/{subject}/versions': adminCreates,
  'GET /api/v1/schema-registry/config': adminOnly,
  'PUT /api/v1/schema-registry/config': adminCreates,
  'GET /api/v1/schema-registry/config/{subject}': adminFindsNone,
  'PUT /api/v1/schema-registry/config/{subject}': adminCreates,
  'DELETE /api/v1/schema-registry/config/{subject}': adminFindsNone,
  'GET /api/v1/admin/overview': adminOnly,
  'GET /api/v1/admin/drivers': adminOnly,
  'GET /api/v1/admin/policies': adminOnly,
  'GET /api/v1/admin/users': adminOnly,
  'POST /api/v1/admin/users': adminCreates,
  'PATCH /api/v1/admin/users/{userId}': adminCreates,
  'POST /api/v1/admin/users/{userId}/password': adminCreates,
  'POST /api/v1/admin/users/{userId}/invitation': adminFindsNone,
  'POST /api/v1/admin/bulk/{action}/preview': adminCreates,
  'POST /api/v1/admin/bulk/{action}': adminCreates,
  'GET /api/v1/admin/bulk-runs': adminOnly,
  'GET /api/v1/admin/bulk-runs/{runId}': adminFindsNone,
  'GET /api/v1/admin/bulk-runs/{runId}/items': adminOnly,
  'GET /api/v1/admin/reports': adminOnly,
  'POST /api/v1/admin/reports': adminCreates,
  'GET /api/v1/admin/reports/{reportId}': adminFindsNone,
  'GET /api/v1/admin/reports/{reportId}/csv': adminFindsNone,
}

for (const engine of engines()) {
  describe(`access on ${engine.name}`, async () => {
    const { db } = await engine.open()
    const first = await addDevice(db, 1)
    const second = await addDevice(db, 2)
    const startAt = new Date(Date.UTC(2026, 5, 1))
    const { driverId, vehicleId, policyId } = first
    const trip = { id: 'TRP-1', deviceId: first.id, bootId: 1, vehicleId, driverId, policyId, startAt }
    await db.insert(trips).values(trip)
    const event = { id: 'EVT-1', tripId: 'TRP-1', deviceId: first.id, bootId: 1, startAt, endAt: startAt }
    await db.insert(drivingEvents).values({ ...event, kind: 'harsh_braking', peak: 5, band: 'count', grade: 'A' })
    await db.insert(contests).values({
      ...{ id: 'CON-1', eventId: 'EVT-1', tripId: 'TRP-1', driverId, policyId, reason: 'other', words: 'none' },
      ...{ state: 'open', openedAt: startAt, openedBy: 'USR-1', onBehalf: false, ruleBy: startAt, wasAssigned: false },
    })

    const { app, sessions } = createTestApp(db)
    const users = [
      await addUser(db, 'first@example.org', first.driverId),
      await addUser(db, 'second@example.org', second.driverId),
      await addUser(db, 'admin@example.org'),
    ]
    /** Everyone with a new session: one of the operations ends it. */
    const logIn = async () => {
      const tokens = await Promise.all(users.map(async (user) => (await sessions.issue(user)).token))
      return [caller(app), ...tokens.map((token) => caller(app, token))]
    }
    const ids: Record<string, string> = {
      driverId: first.driverId,
      deviceId: first.id,
      tripId: 'TRP-1',
      eventId: 'EVT-1',
      contestId: 'CON-1',
      redemptionId: 'RDM-1',
      receiptId: 'RCP-0123456789abcdef',
      subscriptionId: 'PSH-1',
      webhookId: 'WHK-1',
      policyId: first.policyId,
      jobId: 'JOB-999999',
      planId: 'none',
      challengeId: 'none',
      boardId: 'none',
      day: '2026-01-01',
      boot: '1',
      seq: '1',
      name: 'driver-risk',
      version: '9.9.9',
      letterId: '1',
      userId: 'USR-0',
      action: 'disable-users',
      runId: 'BLK-000000000000',
      reportId: 'RPT-000000000000',
      subject: 'none',
      id: '1',
      fingerprint: '0000000000000000',
    }

    it('has a row for every operation of the description', async () => {
      const { body } = await caller(app)('GET', '/openapi.json')
      const { paths } = body as { paths: Record<string, Record<string, unknown>> }
      const operations = Object.entries(paths).flatMap(([path, methods]) =>
        Object.keys(methods).map((method) => `${method.toUpperCase()} ${path}`),
      )
      assert.deepEqual(operations.toSorted(), Object.keys(table).toSorted())
    })

    for (const [operation, expected] of Object.entries(table))
      it(`${operation} lets in whom it should`, async () => {
        const [method = '', template = ''] = operation.split(' ')
        const path = template.replaceAll(/\{(\w+)\}/g, (_, name: string) => ids[name] ?? '')
        const statuses: number[] = []
        for (const call of await logIn())
          statuses.push((await call(method, path, method === 'GET' ? undefined : {})).status)
        assert.deepEqual(statuses, expected)
      })

    it('tells an admin that a driver does not exist, whatever is asked of them', async () => {
      const [, , , admin = assert.fail()] = await logIn()
      for (const operation of Object.keys(table).filter((name) => /^GET .*\{driverId\}/.test(name))) {
        const path = operation
          .slice('GET '.length)
          .replace('{driverId}', 'DRV-9999')
          .replace('{receiptId}', 'RCP-0123456789abcdef')
        const { status, body } = await admin('GET', path)
        assert.deepEqual([status, (body as Problem).title], [404, 'Not found'], operation)
      }
    })

    it("hides whether another's thing exists: the answer is that of an unknown id", async () => {
      const other = (await logIn())[2] ?? assert.fail()
      const [theirs, nobodys] = [await other('GET', '/api/v1/trips/TRP-1'), await other('GET', '/api/v1/trips/TRP-9')]
      const strip = (body: unknown) => JSON.stringify(body).replaceAll(/TRP-\d/g, '')
      assert.equal(strip(theirs.body), strip(nobodys.body))
    })
  })
}
