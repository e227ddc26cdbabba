import assert from 'node:assert/strict'
import { test } from 'node:test'
import { operationIdOf } from './operation-id.ts'

test('operationIdOf names what is read, listed, created, changed and done', () => {
  for (const [method, path, isList, id] of [
    ['get', '/api/v1/drivers', true, 'listDrivers'],
    ['get', '/api/v1/drivers/{driverId}', false, 'getDriver'],
    ['get', '/api/v1/drivers/{driverId}/trips', true, 'listDriverTrips'],
    ['get', '/api/v1/drivers/{driverId}/score', false, 'getDriverScore'],
    ['post', '/api/v1/policies', false, 'createPolicy'],
    ['patch', '/api/v1/devices/{deviceId}/settings', false, 'updateDeviceSettings'],
    ['post', '/api/v1/dead-letters/replay', false, 'replayDeadLetters'],
    ['post', '/api/v1/auth/login', false, 'loginAuth'],
    ['delete', '/api/v1/schema-registry/config/{subject}', false, 'deleteSchemaRegistryConfig'],
  ] as const)
    assert.equal(operationIdOf(method, path, isList), id)
})
