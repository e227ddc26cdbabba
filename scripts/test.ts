/** Every test (`npm test`): installs or names the programs that tests start, then unit, integration and end-to-end tests. */
import { ensureServers } from './servers.ts'
import { finish, runStep } from './step.ts'

ensureServers()
const turbo = (task: string, concurrency: number) =>
  runStep(task, [
    'turbo',
    'run',
    task,
    '--continue',
    '--output-logs=full',
    '--log-order=grouped',
    `--concurrency=${concurrency}`,
  ])

finish([
  await runStep('i2c-bus for this Node', ['npm', 'run', '--silent', 'i2c:build'], { quiet: true }),
  await turbo('test:unit', 2),
  await turbo('test:integration', 2),
  await turbo('test:e2e', 1),
])
