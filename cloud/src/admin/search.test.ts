import assert from 'node:assert/strict'
import { test } from 'node:test'
import { prefixQuery } from './search.ts'

test('prefixQuery makes beginnings of words of what a person types', () => {
  assert.equal(prefixQuery('Ada  Ber'), "'ada':* & 'ber':*")
  assert.equal(prefixQuery('ada.ber@ex'), "'ada.ber@ex':*")
  assert.equal(prefixQuery('Núñez, J.'), "'núñez':* & 'j':*")
})

test('prefixQuery lets nothing through that means something to the database', () => {
  assert.equal(prefixQuery("o'brien"), "'o':* & 'brien':*")
  assert.equal(prefixQuery(`a' | 'b\\':* & !c (d)`), "'a':* & 'b':* & 'c':* & 'd':*")
  assert.equal(prefixQuery(' %&! '), '')
})
