import type { DeviceReport } from '@fairmile/contract/device-messages.ts'
import type { After } from '../clock.ts'
import type { Log } from '../log.ts'

/** After the start, once the sensors and the broker have had their time; milliseconds. */
const firstMs = 90_000
const everyMs = 86_400_000

export interface SelfExaminationOptions {
  examine: () => Promise<DeviceReport>
  /** Takes a report for the cloud. */
  send: (report: DeviceReport) => void
  after: After
  log: Log
}

/** The running agent's look at itself: soon after its start, once a day, and whenever it is asked. */
export function createSelfExamination({ examine, send, after, log }: SelfExaminationOptions) {
  let running: Promise<DeviceReport> | null = null
  let cancel = (): void => {}

  /** Those who ask at the same time get the same answer. */
  const now = (): Promise<DeviceReport> => {
    running ??= examine()
      .then((report) => {
        const bad = report.findings.filter(({ result }) => result === 'failed' || result === 'warning')
        for (const { name, result, detail } of bad)
          log[result === 'failed' ? 'warn' : 'info']({ name, detail }, 'the doctor found')
        send(report)
        return report
      })
      .finally(() => {
        running = null
      })
    return running
  }
  const tryNow = (): void => {
    now().catch((error: unknown) => log.error({ reason: String(error) }, 'the agent could not examine itself'))
  }
  const again = (ms: number): void => {
    cancel = after(ms, () => {
      tryNow()
      again(everyMs)
    })
  }
  return {
    now,
    start: () => again(firstMs),
    stop: () => cancel(),
  }
}
