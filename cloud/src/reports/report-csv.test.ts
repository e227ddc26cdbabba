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

test('reportCsv writes a line for each cell of each table, quoted where it must be', () => {
  assert.equal(
    reportCsv([
      tableOf([
        ['a "b", c', 1.5],
        ['two\nlines', null],
      ]),
      tableOf([]),
      { ...tableOf([['x', 0]]), name: 'u' },
    ]),
    'table,row,column,value\r\nt,1,a,"a ""b"", c"\r\nt,1,b,1.5\r\nt,2,a,"two\nlines"\r\nt,2,b,\r\nu,1,a,x\r\nu,1,b,0\r\n',
  )
})

test('reportCsv lets no text be a formula, and leaves negative numbers alone', () => {
  for (const text of ['=1+1', '+1', '-1', '@SUM(A1)', '\t=1'])
    assert.ok(reportCsv([tableOf([[text, -2]])]).endsWith(`t,1,a,'${text}\r\nt,1,b,-2\r\n`))
})
