import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { isEntry, routeOf, titleOf, tripPath } from './routes.ts'

describe('routeOf', () => {
  it('knows every page', () => {
    const names = ['score', 'live', 'trips', 'price', 'rewards', 'contests', 'notifications', 'profile', 'devices']
    assert.equal(routeOf('/').page, 'dashboard')
    assert.equal(routeOf('/trips/').page, 'trips')
    for (const name of [...names, 'rulings', 'plans']) assert.equal(routeOf(`/${name}`).page, name)
  })

  it('knows the pages of admins', () => {
    for (const page of ['overview', 'drivers', 'policies', 'users', 'reports'])
      assert.equal(routeOf(`/${page}`).page, page)
  })

  it('knows the pages for who cannot log in', () => {
    for (const page of ['forgotten-password', 'set-password']) {
      assert.equal(routeOf(`/${page}`).page, page)
      assert.ok(isEntry(routeOf(`/${page}`)))
    }
    assert.equal(isEntry(routeOf('/profile')), false)
  })

  it('gives the id of a trip, decoded', () => {
    assert.deepEqual(routeOf('/trips/TRP-7K2M'), { page: 'trip', tripId: 'TRP-7K2M' })
    assert.deepEqual(routeOf(tripPath('TRP / 1')), { page: 'trip', tripId: 'TRP / 1' })
  })

  it('gives the page "missing" for anything else', () => {
    for (const path of ['/nothing', '/trips/a/b', '/live/1', '/trip', '/trips/%', '/api/v1/trips', '/docs']) {
      assert.deepEqual(routeOf(path), { page: 'missing' })
    }
  })
})

describe('tripPath', () => {
  it('names the event where there is one', () => {
    assert.equal(tripPath('TRP-1', 'EVT-2'), '/trips/TRP-1?event=EVT-2')
  })
})

it('titleOf names the page, and no two alike', () => {
  const titles = ['/', '/score', '/trips', '/trips/TRP-1', '/contests', '/nowhere'].map((path) =>
    titleOf(routeOf(path)),
  )
  assert.deepEqual(titles.slice(2, 4), ['Trips · Fairmile', 'Trip · Fairmile'])
  assert.equal(new Set(titles).size, titles.length)
})
