import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { canonicalJson } from './canonical-json.ts'

test('canonicalJson sorts keys, leaves out undefined and writes no white space', () => {
  assert.equal(canonicalJson({ b: [1, 'x', null], a: { d: true, c: undefined } }), '{"a":{"d":true},"b":[1,"x",null]}')
})

test('canonicalJson writes numbers as ECMAScript does', () => {
  assert.equal(canonicalJson([1e21, 0.1, -0, 1e-7]), '[1e+21,0.1,0,1e-7]')
})

test('canonicalJson refuses what JSON has no form for', () => {
  assert.throws(() => canonicalJson({ a: Number.NaN }), /NaN has no form/)
  assert.throws(() => canonicalJson([1n]), /bigint/)
})

test('canonicalJson is the same for every order of keys and parses to the same value', () => {
  fc.assert(
    fc.property(fc.dictionary(fc.string(), fc.jsonValue()), (value) => {
      const turned = Object.fromEntries(Object.entries(value).reverse())
      assert.equal(canonicalJson(turned), canonicalJson(value))
      assert.equal(canonicalJson(JSON.parse(canonicalJson(value))), canonicalJson(value))
    }),
    { seed: 1 },
  )
})
