import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { errorOf } from './api-error.ts'

const answerOf = (status: number, problem: object) =>
  new Response(JSON.stringify(problem), { status, headers: { 'content-type': 'application/problem+json' } })

describe('errorOf', () => {
  it('says what the cloud says', async () => {
    const { message, kind, status } = await errorOf(answerOf(404, { detail: 'There is no such trip.' }))
    assert.deepEqual([message, kind, status], ['There is no such trip.', 'missing', 404])
  })

  it('names wrong fields without where in the request they were', async () => {
    const detail = 'json.grounds: too short; json.limit.radiusM: too large'
    const errors = [
      { path: 'json.grounds', message: 'too short' },
      { path: 'json.limit.radiusM', message: 'too large' },
    ]
    assert.equal(
      (await errorOf(answerOf(422, { detail, errors }))).message,
      'grounds: too short; limit.radiusM: too large.',
    )
  })

  it('says what to do where nothing is told, and no address', async () => {
    const { message, kind } = await errorOf(new Response('<html>', { status: 502 }))
    assert.equal(message, 'Fairmile cannot answer now (502). Try again in a few minutes.')
    assert.equal(kind, 'failed')
  })
})
