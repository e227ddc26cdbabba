import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { pythonEnvironment, pythonMissing } from '../../scripts/python-environment.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))
const training = join(root, 'models/training')

/** The Python of the models with its libraries, or why it cannot be had here. */
async function python(): Promise<{ program: string } | { missing: string }> {
  const missing = pythonMissing()
  if (missing !== null) return { missing }
  try {
    return { program: await pythonEnvironment(join(root, 'data/training/venv')) }
  } catch (error) {
    return { missing: (error as Error).message }
  }
}

test('the Python that trains and evaluates passes its own tests', async (t) => {
  const found = await python()
  if ('missing' in found) return t.skip(`Python's tests are left out: ${found.missing}`)
  const env = { OMP_WAIT_POLICY: 'PASSIVE', ...process.env }
  const { status, stderr } = spawnSync(
    found.program,
    ['-m', 'unittest', 'discover', '-s', training, '-p', 'test_*.py'],
    {
      encoding: 'utf8',
      env,
    },
  )
  assert.equal(status, 0, stderr)
  const ran = Number(/^Ran (\d+) tests/m.exec(stderr)?.[1])
  assert.ok(ran > 30, `only ${ran} tests of Python were found`)
})

function evaluate(...args: string[]): { status: number | null; stdout: string; stderr: string } {
  return spawnSync(process.execPath, [join(training, 'evaluate.ts'), ...args], { encoding: 'utf8', cwd: root })
}

test('models:evaluate says what is wrong with its input and leaves with 2', async (t) => {
  const absent = evaluate('--real', 'nowhere/fretelematic.csv')
  assert.equal(absent.status, 2)
  assert.match(absent.stderr, /^models:evaluate: --real "nowhere\/fretelematic.csv" is not there/)
  assert.equal(evaluate('--rael', 'x').status, 2)
  assert.equal(evaluate('--seed', 'abc').status, 2)

  const found = await python()
  if ('missing' in found) return t.skip(`the rest is left out: ${found.missing}`)
  assert.match(evaluate('--drivers', '7').stderr, /--drivers "7" is no whole number from 100/)
  const wrong = evaluate('--drivers', '100', '--real', 'README.md', '--json')
  assert.equal(wrong.status, 2)
  assert.match(wrong.stderr, /no column Policy_ID/)
})

test('models:evaluate judges the driver model on drivers that it never saw, each number with its interval', async (t) => {
  const found = await python()
  if ('missing' in found) return t.skip(`left out: ${found.missing}`)
  const { status, stdout, stderr } = evaluate('--drivers', '400', '--json')
  assert.equal(status, 0, stderr)
  const { portfolio } = JSON.parse(stdout)
  assert.equal(portfolio.monotone.violations, 0)
  for (const name of ['month', 'quarter', 'year']) {
    const { r2, rmse } = portfolio.rank[name].risk
    assert.ok(r2.ci95[0] <= r2.value && r2.value <= r2.ci95[1] && rmse.ci95.length === 2)
    assert.ok(r2.value > 0.6, `the rank of ${name}: R² ${r2.value}`)
  }
  // 400 drivers have some thirty claims a year, which no model sorts well: it is as near to what the truth itself reaches.
  const { booster, ceiling } = portfolio.claims.aucOfAYearsClaims
  assert.ok(Math.abs(booster.value - ceiling.value) < 0.1, `AUC ${booster.value}, the truth itself ${ceiling.value}`)
})

test('models:evaluate --help begins with examples', () => {
  const { status, stdout } = evaluate('--help')
  assert.equal(status, 0)
  assert.match(stdout, /^Examples:\n {2}npm run models:evaluate/)
})
