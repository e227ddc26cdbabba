import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after as afterAll, test } from 'node:test'
import { createModelRoot } from '../chaos/parts/model-root.ts'
import { after } from '../src/clock.ts'
import { checkModel } from '../src/doctor/check-model.ts'
import { createLog } from '../src/log.ts'
import { openModel } from '../src/scoring/onnx.ts'
import { openScoring } from '../src/scoring/open-scoring.ts'
import { openThreadModel } from '../src/scoring/thread-engine.ts'

const folder = mkdtempSync(join(tmpdir(), 'fairmile-scoring-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))
const models = createModelRoot(folder)
const [old, newest] = [await models.add('1.9.0'), await models.add('1.10.0')]
const log = createLog({ level: 'silent' })
const { root } = models

test('openThreadModel gives what the engine gives in this thread, and what it says where it cannot open', async () => {
  const [here, there] = [await openModel(newest), await openThreadModel(newest)]
  const { rows } = JSON.parse(await readFile(join(newest, 'parity.json'), 'utf8')) as { rows: (number | null)[][] }
  const table = Float32Array.from(rows.flat(), (value) => value ?? Number.NaN)
  const expected = Float32Array.from(await here.infer(table, rows.length))
  const [all, one] = await Promise.all([there.infer(table, rows.length), there.infer(table, 1)])
  assert.deepEqual([all, one[0]], [expected, expected[0]])
  await there.close()
  await assert.rejects(there.infer(table, 1), /the thread of the engine has ended/)
  await here.close()
  await assert.rejects(openThreadModel(join(folder, 'nowhere')), /ENOENT/)
})

test('openScoring takes the newest model, and an older one where that is broken; the doctor says why', async () => {
  assert.equal((await checkModel(root)).result, 'ok')
  for (const live of [true, false]) {
    const scoring = (await openScoring({ live, after, log, root })) ?? assert.fail()
    assert.equal(scoring.scorer.manifest.version, '1.10.0')
    assert.equal((await scoring.scorer.score(new Float32Array(24))).source, 'model')
    await scoring.close()
  }
  const text = await readFile(join(newest, 'model.json'), 'utf8')
  writeFileSync(join(newest, 'model.json'), `${text} `)
  const scoring = (await openScoring({ live: true, after, log, root })) ?? assert.fail()
  assert.equal(scoring.scorer.manifest.version, '1.9.0')
  await scoring.close()
  const { result, detail } = await checkModel(root)
  assert.equal(result, 'warning')
  assert.match(detail, /1\.9\.0, signed.*1\.10\.0 cannot be used \(.*model\.json has not the manifest's hash/)
})

test('openScoring takes no model that nobody trusted has signed, and none under another’s number', async () => {
  models.release(newest, (manifest) => {
    manifest.version = '1.8.0'
  })
  rmSync(join(old, 'manifest.sig'))
  assert.equal(await openScoring({ live: false, after, log, root }), null)
  const { result, detail } = await checkModel(root)
  assert.equal(result, 'failed')
  assert.match(detail, /1\.10\.0 cannot be used \(.*another one's place.*1\.9\.0 cannot be used \(.*not signed/)
})
