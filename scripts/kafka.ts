/**
 * Fetches Apache Kafka with Maven into data/kafka (`node scripts/kafka.ts`), for the tests and the fault that start a real one.
 * It is run from its jars: no archive to unpack, no service to install.
 */
import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const version = '4.1.0'
/** What Kafka 4's broker needs. */
const leastJava = 17
const root = fileURLToPath(new URL('..', import.meta.url))
const folder = join(root, 'data', 'kafka')

const pom = `<project xmlns="http://maven.apache.org/POM/4.0.0">
  <modelVersion>4.0.0</modelVersion>
  <groupId>fairmile</groupId><artifactId>kafka</artifactId><version>1</version>
  <dependencies>
    <dependency><groupId>org.apache.kafka</groupId><artifactId>kafka_2.13</artifactId><version>${version}</version></dependency>
  </dependencies>
</project>
`

/**
 * The folder of Kafka's jars, fetched where they are not here yet.
 *
 * @throws Error that says what is missing: Java, Maven, or the way to Maven's repository
 */
export function ensureKafka(): string {
  const jars = join(folder, version)
  requireProgram('java', ['-version'], `Java ${leastJava} or later (Debian: openjdk-17-jre-headless)`)
  if (existsSync(jars)) return jars
  requireProgram('mvn', ['-version'], 'Maven (Debian: maven)')
  mkdirSync(folder, { recursive: true })
  const unfinished = `${jars}.part`
  rmSync(unfinished, { recursive: true, force: true })
  writeFileSync(join(folder, 'pom.xml'), pom)
  console.error(`fetching Kafka ${version} with Maven into ${jars} (45 MB)`)
  const args = ['-q', '-B', 'dependency:copy-dependencies', '-DincludeScope=runtime', `-DoutputDirectory=${unfinished}`]
  try {
    execFileSync('mvn', args, { cwd: folder, stdio: ['ignore', 'inherit', 'inherit'] })
  } catch (cause) {
    throw new Error(`Fetching Kafka ${version} with Maven: it failed; is Maven's repository reached from here?`, {
      cause,
    })
  }
  if (!readdirSync(unfinished).some((name) => name.startsWith('kafka_'))) throw new Error('Maven brought no Kafka')
  renameSync(unfinished, jars)
  return jars
}

function requireProgram(program: string, args: string[], what: string): void {
  try {
    execFileSync(program, args, { stdio: 'ignore' })
  } catch (cause) {
    throw new Error(`A real Kafka is started here, and it needs ${what}: "${program}" does not run`, { cause })
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) console.log(ensureKafka())
