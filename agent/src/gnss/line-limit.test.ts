import assert from 'node:assert/strict'
import { test } from 'node:test'
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
