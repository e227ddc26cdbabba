import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { lostKeys } from './lost-keys.ts'

const pathsOf = (text: string): string[] => lostKeys(text).map(({ path }) => path)

test('lostKeys names each key that an object has again by its path', () => {
  const text = '{"a": 1, "list": [{"b": "x"}, {"b": 1, "c": {"d": 1, "d": 2}, "\\u0062": 2}], "a": {"a": "a"}, "a": []}'
  assert.deepEqual(pathsOf(text), ['list.1.c.d', 'list.1.b', 'a', 'a'])
})

test('lostKeys takes no value, and nothing in a string, for a key', () => {
  assert.deepEqual(pathsOf('{"a": "\\"b\\": {", "b": ["a", "__proto__"], "c": {"a": "c", "b": "}:{"}}'), [])
})

test('lostKeys names a key that no object keeps, however it is written', () => {
  assert.deepEqual(lostKeys('{"a": [{"__proto__": 1}], "\\u005f_proto__": {}}'), [
    { path: 'a.0.__proto__', message: 'a key of this name cannot be kept' },
    { path: '__proto__', message: 'a key of this name cannot be kept' },
  ])
})

test('lostKeys finds none in what JSON.stringify wrote, and one where a key is written again', () => {
  const values = fc.dictionary(fc.string(), fc.jsonValue(), { minKeys: 1 })
  fc.assert(
    fc.property(values, (value) => {
      const text = JSON.stringify(value)
      fc.pre(!text.includes('__proto__'))
      assert.deepEqual(pathsOf(text), [])
      const [key = ''] = Object.keys(value)
      assert.deepEqual(pathsOf(`${text.slice(0, -1)},${JSON.stringify(key)}:1}`), [key])
    }),
  )
})
