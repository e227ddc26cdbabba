import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readClaims } from './read-claims.ts'
import { claimColumns, maxClaims, maxProblems } from './told-claim.ts'

const head = claimColumns.join(',')
const good = 'C-1,POL-1,liability,2026-05-04,120000,80000,EUR,open'
const read = (csv: string) => readClaims(csv, { lastDay: '2026-06-30' })
/** What is wrong with lines below the head: line, column and the beginning of the words. */
const wrong = (...lines: string[]) =>
  read([head, ...lines].join('\n')).problems.map(({ line, column, problem }) => [line, column, problem.split(':')[0]])

test('readClaims reads columns in any order, with quotes, blanks, empty lines, line ends of Windows and a byte order mark', () => {
  const { claims, problems } = read(
    '\ufeffstate,claim_id,policy_id,coverage,occurred_on,paid_minor,reserved_minor,currency\r\n\r\n' +
      'closed, 2026/17-a ,POL-4K7Z,"theft, hail ""and"" fire",2026-06-30,0,0,EUR\r\n',
  )
  assert.deepEqual(problems, [])
  assert.deepEqual(claims, [
    {
      ...{ line: 3, id: '2026/17-a', policyId: 'POL-4K7Z', coverage: 'theft, hail "and" fire' },
      ...{ occurredOn: '2026-06-30', paidMinor: 0, reservedMinor: 0, currency: 'EUR', state: 'closed' },
    },
  ])
  assert.deepEqual(read(head), { claims: [], problems: [] })
})

test('readClaims names line and column of each wrong value, and keeps the right ones of its row', () => {
  for (const [column, value, words] of [
    ['claim_id', '-17', '"-17" is no claim number'],
    ['claim_id', 'C'.repeat(61), `"${'C'.repeat(60)}…" is no claim number`],
    ['policy_id', 'pol-1', '"pol-1" is no policy'],
    ['coverage', '', '"" is no coverage'],
    ['coverage', 'hail\u0000', '"hail\\u0000" is no coverage'],
    ['occurred_on', '04.05.2026', '"04.05.2026" is no day'],
    ['occurred_on', '2026-02-30', '"2026-02-30" is no day'],
    ['occurred_on', '2026-07-01', '"2026-07-01" is still to come'],
    ['paid_minor', '-5', '"-5" is negative'],
    ['paid_minor', '12.50', '"12.50" is no whole number of minor units'],
    ['paid_minor', '', '"" is no whole number of minor units'],
    ['reserved_minor', '1e5', '"1e5" is no whole number of minor units'],
    ['reserved_minor', '1000000000001', '"1000000000001" is more than 1000000000000'],
    ['currency', 'euro', '"euro" is no currency'],
    ['state', 'Open', '"Open" is no state'],
  ] as const) {
    const values = good.split(',')
    values[claimColumns.indexOf(column)] = value
    const { claims, problems } = read(`${head}\n${good.replace('C-1', 'C-0')}\n${values.join(',')}\n`)
    assert.deepEqual(
      problems.map(({ line, column: at, problem }) => [line, at, problem.split(':')[0]]),
      [[3, column, words]],
    )
    const nulls = Object.values(claims[1] ?? {}).filter((field) => field === null)
    assert.equal(nulls.length, 1, column)
  }
})

test('readClaims names what is wrong with rows, with the head and with the file', () => {
  assert.deepEqual(wrong(good, `${good},`, 'C-2,POL-1', good), [
    [3, null, 'there are 9 values for 8 columns'],
    [4, null, 'there are 2 values for 8 columns'],
    [5, 'claim_id', '"C-1" is on line 2 too'],
  ])
  assert.deepEqual(
    read('claim_id,policy_id,coverage,coverage,paid_minor,reserved_minor,currency,status\n').problems,
    [
      ['occurred_on', 'the head lacks it: name every column, with commas between'],
      ['state', 'the head lacks it: name every column, with commas between'],
      ['coverage', 'the head has it twice: take one out'],
      ['status', 'there is no such column: take it out'],
    ].map(([column, problem]) => ({ line: 1, column, problem })),
  )
  assert.deepEqual(read('').problems, [{ line: 1, column: null, problem: 'the file is empty: begin it with the head' }])
  const [{ line, problem } = { line: 0, problem: '' }] = read(`${head}\n${good}\nC-2,POL-1,"hail,2026`).problems
  assert.deepEqual([line, /^Quote Not Closed.*those within it twice$/.test(problem)], [3, true])
})

test('readClaims takes so many rows and names so many problems, no more', () => {
  const rows = (count: number) => Array.from({ length: count }, (_, n) => good.replace('C-1', `C-${n}`)).join('\n')
  assert.equal(read(`${head}\n${rows(maxClaims)}`).claims.length, maxClaims)
  assert.deepEqual(read(`${head}\n${rows(maxClaims + 5)}`), {
    claims: [],
    problems: [{ line: maxClaims + 2, column: null, problem: `a file has ${maxClaims} claims at most: divide it` }],
  })
  const all = read(`${head}\n${rows(3 * maxProblems).replaceAll('EUR', 'euro')}`).problems
  assert.equal(all.length, maxProblems + 1)
})
