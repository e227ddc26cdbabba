import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createBaudHunt, usualBauds } from './baud-hunt.ts'

const hunt = (fixed: number | null = null, last: number | null = null) => {
  const kept: number[] = []
  return { kept, hunt: createBaudHunt({ fixed, last, keep: (baud) => kept.push(baud) }) }
}

test('createBaudHunt tries every usual rate in turn, and tells when all were tried in vain', () => {
  const { hunt: one } = hunt()
  const tried = usualBauds.map(() => {
    const { baud } = one
    return [baud, one.failed()] as const
  })
  assert.deepEqual(
    tried.map(([baud]) => baud),
    usualBauds,
  )
  assert.deepEqual(
    tried.map(([, inVain]) => inVain),
    usualBauds.map((_, n) => n === usualBauds.length - 1),
  )
  assert.equal(one.baud, usualBauds[0])
})

test('createBaudHunt keeps the rate that it found, begins with it in the next run, and stays with it', () => {
  const first = hunt()
  first.hunt.failed()
  first.hunt.heard()
  first.hunt.heard()
  assert.deepEqual(first.kept, [38_400])
  assert.equal(first.hunt.isSettled, true)
  const second = hunt(null, 38_400)
  assert.equal(second.hunt.baud, 38_400)
  second.hunt.heard()
  assert.deepEqual(second.kept, [])
  second.hunt.failed()
  assert.deepEqual([second.hunt.baud, second.hunt.isSettled], [9600, false])
})

test('createBaudHunt leaves a rate that is set as it is', () => {
  const { hunt: one } = hunt(4800)
  assert.deepEqual([one.failed(), one.baud, one.isSettled, one.mayRaise], [false, 4800, true, false])
})

test('createBaudHunt goes on at the rate that the receiver was told, and tells it once', () => {
  const { hunt: one } = hunt()
  one.heard()
  assert.equal(one.mayRaise, true)
  one.raise(115_200)
  assert.deepEqual([one.baud, one.isSettled, one.mayRaise], [115_200, false, false])
  one.failed()
  assert.equal(one.baud, 9600)
})
