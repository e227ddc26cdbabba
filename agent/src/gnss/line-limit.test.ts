import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { createLineLimit, type LineDrops } from './line-limit.ts'

const run = (chunks: string[], maxBytes: number): { text: string; drops: LineDrops } => {
  const drops = { overlongLines: 0, droppedBytes: 0 }
  const limit = createLineLimit(drops, { maxBytes })
  let text = ''
  limit.on('data', (chunk: Buffer) => {
    text += chunk.toString('latin1')
  })
  for (const chunk of chunks) limit.write(Buffer.from(chunk, 'latin1'))
  return { text, drops }
}

test('createLineLimit passes lines up to the limit', () => {
  const { text, drops } = run(['$abc\r\n$de', 'f\r\n'], 5)
  assert.equal(text, '$abc\r\n$def\r\n')
  assert.equal(drops.overlongLines, 0)
})

test('createLineLimit cuts an endless line and counts what it drops', () => {
  const { text, drops } = run(['x'.repeat(50), 'x'.repeat(50), '\n$ok\n'], 10)
  assert.equal(text, `${'x'.repeat(10)}\n\n$ok\n`)
  assert.deepEqual(drops, { overlongLines: 1, droppedBytes: 90 })
})

test('createLineLimit resumes at a sentence within an endless line', () => {
  const { text } = run([`${'\x00'.repeat(40)}$GPRMC,1*00\n`], 20)
  assert.ok(text.endsWith('\n$GPRMC,1*00\n'))
})

test('createLineLimit lets every line through that is short enough, and nothing longer, however the bytes are cut', () => {
  const text = fc.string({ unit: fc.constantFrom(...'aaaaaa$\n'), maxLength: 200 })
  fc.assert(
    fc.property(fc.array(text), fc.integer({ min: 1, max: 12 }), (chunks, maxBytes) => {
      const got = run(chunks, maxBytes)
      const lines = got.text.split('\n')
      assert.ok(lines.every((line) => line.length <= maxBytes))
      let at = 0
      for (const line of chunks.join('').split('\n'))
        if (line.length <= maxBytes) at = lines.indexOf(line, at) + 1 || assert.fail(`"${line}" is lost`)
      assert.equal(got.drops.droppedBytes, chunks.join('').length + got.drops.overlongLines - got.text.length)
    }),
    { seed: 1 },
  )
})
