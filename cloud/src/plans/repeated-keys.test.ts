import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { repeatedKeys } from './repeated-keys.ts'

test('repeatedKeys names each key that an object has again by its path', () => {
  const text = '{"a": 1, "list": [{"b": "x"}, {"b": 1, "c": {"d": 1, "d": 2}, "\\u0062": 2}], "a": {"a": "a"}, "a": []}'
  assert.deepEqual(repeatedKeys(text), ['list.1.c.d', 'list.1.b', 'a', 'a'])
})

test('repeatedKeys takes no value, and nothing in a string, for a key', () => {
  assert.deepEqual(repeatedKeys('{"a": "\\"b\\": {", "b": ["a", "b", "a"], "c": {"a": "c", "b": "}:{"}}'), [])
})

test('repeatedKeys finds none in what JSON.stringify wrote, and one where a key is written again', () => {
  fc.assert(
    fc.property(fc.dictionary(fc.string(), fc.jsonValue(), { minKeys: 1 }), (value) => {
      const text = JSON.stringify(value)
      assert.deepEqual(repeatedKeys(text), [])
      const [key = ''] = Object.keys(value)
      assert.deepEqual(repeatedKeys(`${text.slice(0, -1)},${JSON.stringify(key)}:1}`), [key])
    }),
  )
})
