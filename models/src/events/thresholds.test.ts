import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { parseThresholds } from './parse-thresholds.ts'
import { releasedThresholds, thresholds, thresholdsHash } from './thresholds.ts'

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex')

test('thresholdsHash changes with any threshold and with nothing else', () => {
  const copy = structuredClone(thresholds)
  assert.equal(thresholdsHash(copy, sha256), thresholdsHash(thresholds, sha256))
  copy.harsh.harsh_braking.bandsG.count = 0.51
  assert.notEqual(thresholdsHash(copy, sha256), thresholdsHash(thresholds, sha256))
})

test('releasedThresholds are the files of models/thresholds as they were released, and the newest is judged by', () => {
  const folder = join(import.meta.dirname, '../../thresholds')
  const tables = readdirSync(folder).map((file) => ({
    file,
    table: JSON.parse(readFileSync(join(folder, file), 'utf8')),
  }))
  const changed = 'a released table stays as it is: a change is a new file under a new version, with its hash here'
  assert.deepEqual(
    Object.fromEntries(tables.map(({ file, table }) => [file, `${table.version} ${thresholdsHash(table, sha256)}`])),
    Object.fromEntries(Object.entries(releasedThresholds).map(([of, hash]) => [`${of}.json`, `${of} ${hash}`])),
    changed,
  )
  assert.equal(thresholds.version, Object.keys(releasedThresholds).toSorted().at(-1))
  assert.deepEqual(parseThresholds(JSON.stringify(thresholds)), thresholds)
})
