import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { Column, Row } from './columns.ts'
import { csvLines } from './csv.ts'

const columns: Column[] = [
  { name: 'text', type: 'text' },
  { name: 'n', type: 'number' },
  { name: 'at', type: 'time' },
]
async function* given(rows: Row[]) {
  yield* rows
}
const write = async (...rows: Row[]) => {
  const lines: string[] = []
  for await (const line of csvLines(columns, given(rows))) lines.push(line)
  return lines.slice(1)
}

describe('CSV', () => {
  it('quotes what has quotes, commas and line ends, and tells an empty text from none', async () => {
    const lines = await write({ text: 'a "b", c\r\nd', n: 1, at: 0 }, { text: '', n: null, at: null }, {})
    assert.deepEqual(lines, ['"a ""b"", c\r\nd",1,1970-01-01T00:00:00.000Z\r\n', '"",,\r\n', ',,\r\n'])
  })

  it('lets no text be a formula, and numbers be negative', async () => {
    for (const first of ['=', '+', '-', '@', '\t']) {
      const [line] = await write({ text: `${first}1`, n: -1.5, at: null })
      assert.equal(line, `'${first}1,-1.5,\r\n`)
    }
    for (const first of ['\r', '\n']) assert.equal((await write({ text: `${first}=1` }))[0], `"'${first}=1",,\r\n`)
    assert.equal((await write({ text: '=HYPERLINK("x","y")' }))[0], `"'=HYPERLINK(""x"",""y"")",,\r\n`)
  })
})
