/** Every test (`npm test`): installs or names the programs that tests start, then unit, integration and end-to-end tests. */
import { noteFailedTests, tellFailedTests } from './failed-tests.ts'
import { ensureServers } from './servers.ts'
import { finish, runStep } from './step.ts'

/** Runs a task of every package that has it, and nothing that it depends on. */
const turbo = (task: string, { concurrency = 2, gives = 0 } = {}) =>
  runStep(task, [
    ...['nice', '-n', `${gives}`],
    ...['turbo', 'run', task, '--only', '--continue', '--output-logs=full', '--log-order=grouped'],
    `--concurrency=${concurrency}`,
  ])

ensureServers()
noteFailedTests()
const before = [
  await runStep('i2c-bus for this Node', ['npm', 'run', '--silent', 'i2c:build'], { quiet: true }),
  await turbo('test:unit'),
  await turbo('build'),
]
// A recorded drive takes minutes and hardly any of the processor; the rest works beside it and gives way to it.
const together = await Promise.all([turbo('test:integration', { gives: 10 }), turbo('test:e2e', { concurrency: 1 })])
tellFailedTests()
finish([...before, ...together])
