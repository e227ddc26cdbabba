import assert from 'node:assert/strict'
import { test } from 'node:test'
import { reportCsv } from './report-csv.ts'

const tableOf = (rows: (string | number | null)[][]) => ({
  ...{ name: 't', title: 'Plans', rows },
  columns: [
    { name: 'a', title: 'Plan' },
    { name: 'b', title: 'Change' },
  ],
})

test('reportCsv writes titles, headings and rows, quoted where they must be', () => {
  assert.equal(
    reportCsv([
      tableOf([
        ['a "b", c', 1.5],
        ['two\nlines', null],
      ]),
      tableOf([]),
    ]),
    'Plans\r\nPlan,Change\r\n"a ""b"", c",1.5\r\n"two\nlines",\r\n\r\nPlans\r\nPlan,Change\r\n',
  )
})

test('reportCsv lets no text be a formula, and leaves negative numbers alone', () => {
  for (const text of ['=1+1', '+1', '-1', '@SUM(A1)', '\t=1'])
    assert.ok(reportCsv([tableOf([[text, -2]])]).endsWith(`'${text},-2\r\n`))
})
