/** The gate while working (`npm run ok`): format, lint, types, import rules, dead code, house rules, unit tests. */
import { finish, runStep } from './step.ts'

const quiet = { quiet: true }
const checks = await Promise.all([
  (async () => [
    await runStep('format and lint', ['biome', 'check', '--error-on-warnings', '.'], quiet),
    await runStep('house rules', ['node', 'scripts/house-rules.ts'], quiet),
    await runStep('import rules', ['npm', 'run', '--silent', 'imports'], quiet),
    await runStep('dead code', ['knip'], quiet),
    await runStep('types of the API client', ['node', 'scripts/api-client.ts', '--check'], quiet),
  ])(),
  (async () => [
    await runStep('types', ['tsc', '-p', 'tsconfig.json'], quiet),
    await runStep('types of the dashboard', ['tsc', '-p', 'dashboard'], quiet),
  ])(),
])
const unitTests = ['turbo', 'run', 'test:unit', '--output-logs=errors-only', '--continue']
// `--no-tests`: where `npm test` has just run them.
const tests = process.argv.includes('--no-tests') ? [] : [await runStep('unit tests', unitTests)]
finish([...checks.flat(), ...tests])
