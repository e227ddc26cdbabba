import assert from 'node:assert/strict'
import { test } from 'node:test'
import { DriverFilter } from '@fairmile/contract/http/admin-lists.ts'
import { driverFilterOf } from './driver-filter.ts'

test('driverFilterOf keeps every filter of the list as a body has it, and no order or page', () => {
  const search = '?search=ada+b&scoreFrom=20&scoreTo=60&unscored=false&plan=fairmile-1&active=true&silent=true'
  const filter = driverFilterOf(`${search}&sort=-score&limit=50&cursor=x`)
  assert.deepEqual(filter, {
    ...{ search: 'ada b', scoreFrom: 20, scoreTo: 60, unscored: false },
    ...{ plan: 'fairmile-1', active: true, silent: true },
  })
  assert.deepEqual(DriverFilter.parse(filter), filter)
  assert.deepEqual(driverFilterOf(''), {})
})

test('driverFilterOf takes nothing that the list would refuse for all drivers', () => {
  assert.equal(driverFilterOf('?scoreFrom=high'), null)
})
