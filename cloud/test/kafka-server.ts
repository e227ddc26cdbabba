import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { closeSync, mkdtempSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { freePort } from '../../scripts/free-port.ts'
import { ensureKafka } from '../../scripts/kafka.ts'

/** A Kafka broker (KRaft, one node) of a test's own, in a temporary folder. */
export interface KafkaServer {
  /** `127.0.0.1:PORT` */
  readonly brokers: string
  /** Ends the process at once, as a crash does; its data stay. */
  kill(): Promise<void>
  /** Starts it again on the same port and data. */
  start(): Promise<void>
  /** Stops the process in its tracks, and lets it go on. */
  pause(): void
  resume(): void
  /** Ends it and removes its data. */
  remove(): Promise<void>
}

const heap = ['-Xms128m', '-Xmx384m', '-XX:+UseSerialGC', '-XX:TieredStopAtLevel=1', '-Xshare:auto']
/** A busy machine needs a while for a Java program. */
const startMs = 120_000

/** Formats and starts a broker. @throws Error that says what is missing, or with the end of Kafka's log */
export async function startKafka(): Promise<KafkaServer> {
  const jars = ensureKafka()
  const folder = mkdtempSync(join(tmpdir(), 'fairmile-kafka-'))
  const [port, controllerPort] = [await freePort(), await freePort()]
  const settings = join(folder, 'server.properties')
  writeFileSync(settings, properties({ folder, port, controllerPort }))
  const java = (mainClass: string, ...args: string[]) => [...heap, '-cp', join(jars, '*'), mainClass, ...args]
  const clusterId = randomBytes(16).toString('base64url')
  execFileSync('java', java('kafka.tools.StorageTool', 'format', '-t', clusterId, '-c', settings), {
    stdio: ['ignore', 'ignore', 'ignore'],
  })
  const logFile = join(folder, 'kafka.log')
  let child: ChildProcess | null = null

  const start = async () => {
    const log = openSync(logFile, 'a')
    const started = spawn('java', java('kafka.Kafka', settings), { stdio: ['ignore', log, log] })
    closeSync(log)
    child = started
    let ended = false
    started.once('exit', () => (ended = true))
    const deadline = performance.now() + startMs
    while (!(await answers(port))) {
      if (ended || performance.now() > deadline)
        throw new Error(`Starting Kafka: it did not answer\n${readFileSync(logFile, 'utf8').slice(-2_000)}`)
    }
  }
  const kill = async () => {
    const running = child
    child = null
    if (!running || running.exitCode !== null) return
    const ended = new Promise((resolve) => running.once('exit', resolve))
    running.kill('SIGKILL')
    await ended
  }
  await start()
  return {
    brokers: `127.0.0.1:${port}`,
    start,
    kill,
    pause: () => void child?.kill('SIGSTOP'),
    resume: () => void child?.kill('SIGCONT'),
    async remove() {
      await kill()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

const properties = ({ folder, port, controllerPort }: { folder: string; port: number; controllerPort: number }) => `
process.roles=broker,controller
node.id=1
controller.quorum.voters=1@127.0.0.1:${controllerPort}
listeners=PLAINTEXT://127.0.0.1:${port},CONTROLLER://127.0.0.1:${controllerPort}
advertised.listeners=PLAINTEXT://127.0.0.1:${port}
controller.listener.names=CONTROLLER
log.dirs=${join(folder, 'data')}
offsets.topic.replication.factor=1
offsets.topic.num.partitions=1
transaction.state.log.replication.factor=1
transaction.state.log.min.isr=1
group.initial.rebalance.delay.ms=0
auto.create.topics.enable=false
`

/** Whether something listens on a port; a refusal takes a moment, so that asking again and again does no harm. */
function answers(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1')
    const end = (answer: boolean) => {
      socket.destroy()
      setTimeout(resolve, answer ? 0 : 100, answer)
    }
    socket.once('connect', () => end(true))
    socket.once('error', () => end(false))
  })
}
