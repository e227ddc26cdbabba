import assert from 'node:assert/strict'
import { test } from 'node:test'
import { fakeModel } from './fake-model.ts'
import { createModelLadder } from './model-ladder.ts'

test('createModelLadder steps down past what cannot be opened, says why, and begins anew after the last', async () => {
  const told: string[] = []
  const ladder = createModelLadder({
    folders: ['models/3.0.0', 'models/2.0.0', 'models/1.0.0'],
    open: async (folder) => {
      if (folder.endsWith('2.0.0')) throw new Error('its hash is wrong')
      return fakeModel(folder, async () => new Float32Array(1))
    },
    tell: ({ version, reason }) => void told.push(`${version}: ${reason}`),
  })
  const versions: unknown[] = []
  for (let n = 0; n < 4; n++) versions.push((await ladder.next())?.scorer.manifest.version ?? null)
  assert.deepEqual(versions, ['models/3.0.0', 'models/1.0.0', null, 'models/3.0.0'])
  assert.deepEqual(told, ['2.0.0: its hash is wrong'])
  assert.deepEqual(ladder.refused, [{ version: '2.0.0', reason: 'its hash is wrong' }])
})
