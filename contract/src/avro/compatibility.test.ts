import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { Schema } from 'avsc'
import { type CompatibilityLevel, compatibilityLevels, incompatibilities } from './compatibility.ts'

const record = (...fields: object[]) => ({ type: 'record', name: 'R', fields }) as Schema
const a = { name: 'a', type: 'int' }
const b = { name: 'b', type: 'int' }
const bDefault = { ...b, default: 0 }
const versions = (...schemas: Schema[]) => schemas.map((schema, i) => ({ version: i + 1, schema }))

/** Levels that take a schema behind others. */
const takes = (candidate: Schema, ...before: Schema[]): CompatibilityLevel[] =>
  compatibilityLevels.filter((level) => incompatibilities(candidate, versions(...before), level).length === 0)

describe('incompatibilities', () => {
  it('lets a field with a default be added at every level', () => {
    assert.deepEqual(takes(record(a, bDefault), record(a)), [...compatibilityLevels])
  })

  it('lets a field without one be added where the old must read the new alone', () => {
    assert.deepEqual(takes(record(a, b), record(a)), ['NONE', 'FORWARD', 'FORWARD_TRANSITIVE'])
  })

  it('lets such a field be taken away where the new must read the old alone', () => {
    assert.deepEqual(takes(record(a), record(a, b)), ['NONE', 'BACKWARD', 'BACKWARD_TRANSITIVE'])
  })

  it('holds transitive levels against every version, the others against the last', () => {
    // Version 2 has b with a default, so version 3 may do without the default for it, but cannot read version 1.
    const history = [record(a), record(a, bDefault)]
    assert.deepEqual(takes(record(a, b), ...history), ['NONE', 'BACKWARD', 'FORWARD', 'FORWARD_TRANSITIVE', 'FULL'])
  })

  it('knows promotions of numbers, branches of unions and symbols of enums', () => {
    const backward = ['NONE', 'BACKWARD', 'BACKWARD_TRANSITIVE']
    assert.deepEqual(takes('long', 'int'), backward)
    assert.deepEqual(takes('double', 'long'), backward)
    assert.deepEqual(takes('int', 'long'), ['NONE', 'FORWARD', 'FORWARD_TRANSITIVE'])
    assert.deepEqual(takes(['null', 'int'], 'int'), backward)
    const symbols = (...names: string[]): Schema => ({ type: 'enum', name: 'E', symbols: names })
    assert.deepEqual(takes(symbols('x', 'y'), symbols('x')), backward)
    assert.deepEqual(takes('string', 'int'), ['NONE'])
  })

  it('says which version and why', () => {
    const [problem] = incompatibilities(record(a, b), versions(record(a)), 'BACKWARD')
    assert.equal(problem, 'It cannot read what version 1 wrote: no matching field for default-less R.b')
  })
})
