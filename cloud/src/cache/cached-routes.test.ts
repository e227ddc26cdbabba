import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { BoardId } from '@fairmile/contract/http/rewards.ts'
import { loadRewardCatalogue } from '../rewards/load-catalogue.ts'
import { cachedRouteOf, cachedRoutes } from './cached-routes.ts'

test('cachedRouteOf finds the route and what its answer depends on', () => {
  const found = cachedRouteOf('/api/v1/drivers/DRV-0001/reasons')
  assert.equal(found?.cached.route, '/api/v1/drivers/{driverId}/reasons')
  assert.deepEqual(found.tags, ['driver:DRV-0001', 'models'])
  assert.deepEqual(cachedRouteOf('/api/v1/trips/TRP-1/path')?.tags, ['trip:TRP-1'])
})

test('cachedRouteOf finds every leader board that there is', () => {
  const { boards } = loadRewardCatalogue()
  assert.ok(boards.length > 0)
  for (const { id } of boards)
    assert.deepEqual(cachedRouteOf(`/api/v1/leader-boards/${BoardId.parse(id)}`)?.tags, ['leader-boards'])
})

test('cachedRouteOf takes no path that is not wholly one of the table', () => {
  for (const path of [
    '/api/v1/drivers/',
    '/api/v1/drivers/x/score',
    '/api/v1/drivers/DRV-1/score/',
    '/api/v1/auth/me',
    '/x/api/v1/drivers',
  ])
    assert.equal(cachedRouteOf(path), null)
})

test('cachedRoutes are kept a minute at least and an hour at most', () => {
  for (const { ttlS } of cachedRoutes) assert.ok(ttlS >= 60 && ttlS <= 3600)
})

test('cachedRoutes keep what late telematics and events change a minute alone', () => {
  for (const part of ['path', 'events']) assert.equal(cachedRouteOf(`/api/v1/trips/TRP-1/${part}`)?.cached.ttlS, 60)
})

test('cachedRoutes are all on the page about caching, with their seconds', () => {
  const page = readFileSync(new URL('../../../docs/guides/caching.md', import.meta.url), 'utf8')
  for (const { route, ttlS } of cachedRoutes) assert.ok(page.includes(`| \`${route}\` | ${ttlS} |`), route)
})
