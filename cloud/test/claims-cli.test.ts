import assert from 'node:assert/strict'
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { text } from 'node:stream/consumers'
import { after, before, describe, it } from 'node:test'
import { fileURLToPath } from 'node:url'
import { maxClaimsBytes } from '../src/claims/told-claim.ts'
import { openDatabase } from '../src/db/open.ts'
import { addInsured, claimsFile } from './claims-rig.ts'
import { prepareData } from './engines.ts'

const cli = fileURLToPath(new URL('../bin/fairmile-cloud.mjs', import.meta.url))
const good = 'C-1,POL-1,liability,2026-05-04,120000,80000,EUR,open'

describe('fairmile-cloud claims import', () => {
  const folder = mkdtempSync(join(tmpdir(), 'fairmile-claims-'))
  const data = join(folder, 'data')
  const file = join(folder, 'claims.csv')
  const { NODE_COMPILE_CACHE, PATH } = process.env
  const env = {
    ...(NODE_COMPILE_CACHE && { NODE_COMPILE_CACHE }),
    ...{ PATH, FAIRMILE_DATA: data, FAIRMILE_LOG_LEVEL: 'error', PORT: '0', MQTT_PORT: '0' },
  }
  const children = new Set<ChildProcess>()
  before(async () => {
    await prepareData(data)
    const database = await openDatabase({ folder: data })
    await addInsured(database.db)
    await database.close()
  })
  after(() => {
    for (const child of children) child.kill('SIGKILL')
    rmSync(folder, { recursive: true, force: true })
  })

  function start(...args: string[]) {
    const child = spawn(process.execPath, [cli, ...args], { env, stdio: ['pipe', 'pipe', 'pipe'] })
    children.add(child)
    return { child, exit: once(child, 'exit').then(([code]) => code as number | null) }
  }
  async function run(args: string[], input = '') {
    const { child, exit } = start('claims', 'import', ...args)
    child.stdin.on('error', () => {})
    child.stdin.end(input)
    const [stdout, stderr] = await Promise.all([text(child.stdout), text(child.stderr)])
    return { stdout, stderr, code: await exit }
  }

  it('stores a file and says what became of it, by itself and through a server that holds the database', async () => {
    writeFileSync(file, claimsFile(good))
    const alone = await run([file])
    assert.deepEqual(alone, { stdout: '', stderr: `${file}: 1 claims, 1 new, 0 replaced, 0 unchanged.\n`, code: 0 })

    const server = start('serve')
    await once(createInterface(server.child.stdout), 'line')
    const csv = claimsFile(good.replace('80000', '0'), good.replace('C-1', 'C-2'))
    const through = await run(['-', '--json'], csv)
    const counts = { file: '-', added: 1, replaced: 1, unchanged: 0 }
    assert.deepEqual([through.stderr, through.code], ['', 0])
    assert.deepEqual(JSON.parse(through.stdout), { ...counts, problems: [], hasMore: false })

    // Far more than a socket takes at once, and than arguments of commands have.
    const long = Array.from({ length: 10_000 }, (_, n) => good.replace('C-1', `"C-${'x'.repeat(40)}${n}"`))
    const many = await run(['-', '--json'], claimsFile(...long))
    assert.deepEqual([many.stderr, many.code], ['', 0])
    assert.partialDeepStrictEqual(JSON.parse(many.stdout), { added: 10_000, problems: [] })
    server.child.kill('SIGTERM')
    assert.equal(await server.exit, 0)
  })

  it('stores nothing and ends with 1 where a row is wrong, and names it', async () => {
    writeFileSync(
      file,
      claimsFile(good.replace('C-1', 'C-3'), good.replace('POL-1', 'POL-NONE').replace('EUR', 'euro')),
    )
    const problems = [
      { line: 3, column: 'policy_id', problem: 'There is no policy POL-NONE: give the id it has here' },
      { line: 3, column: 'currency', problem: `"euro" is no currency: give the three letters of the plan's` },
    ]
    const told = await run([file])
    assert.equal(told.code, 1)
    const [head, ...lines] = told.stdout.trimEnd().split('\n')
    assert.match(head ?? '', /^line +column +problem$/)
    assert.deepEqual(
      lines.map((line) => line.split(/ {2,}/)),
      problems.map(({ line, column, problem }) => [String(line), column, problem]),
    )
    assert.equal(told.stderr, `${file}: nothing was stored. Put right what is wrong and import it again.\n`)
    const json = await run([file, '--json'])
    assert.equal(json.code, 1)
    const nothing = { added: 0, replaced: 0, unchanged: 0 }
    assert.deepEqual(JSON.parse(json.stdout), { file, ...nothing, problems, hasMore: false })
  })

  it('ends with 2 where the file cannot be read as text of the size that is taken', async () => {
    const long = join(folder, 'long.csv')
    writeFileSync(long, Buffer.alloc(maxClaimsBytes + 1, 'x'))
    writeFileSync(file, Buffer.from([0x63, 0xff]))
    for (const [args, words] of [
      [[join(folder, 'none.csv')], /none\.csv": ENOENT/],
      [[long], /long\.csv": it has more than 15728640 bytes: divide it/],
      [[file], /encoded data was not valid/],
      [[], /missing required argument 'file'/],
    ] as const) {
      const { stdout, stderr, code } = await run([...args])
      assert.deepEqual([stdout, code], ['', 2])
      assert.match(stderr, words)
    }
  })
})
