import { after } from '../clock.ts'
import type { Log } from '../log.ts'
import type { Sync } from '../sync/sync.ts'
import type { Found } from './check.ts'
import { type Examined, examineAll } from './examine-all.ts'
import { createSelfExamination } from './self-examination.ts'
import { type SensorSettings, sensorNames } from './sensor-names.ts'

export interface RunningDoctorOptions extends Pick<Examined, 'feed' | 'clock' | 'writtenBytesPerHour'> {
  config: SensorSettings & Pick<Examined, 'dataFolder' | 'map' | 'alerts' | 'screen' | 'screenPages'>
  sync: Pick<Sync, 'connected' | 'counters' | 'roundTrip' | 'report'>
  log: Log
}

/** The doctor of a running agent: it hears the sensors that are open, asks over the connection that is there, and reports to the cloud. */
export function createRunningDoctor({ config, sync, log, ...parts }: RunningDoctorOptions) {
  return createSelfExamination({
    examine: () => examineAll({ ...config, ...sensorNames(config), ...parts, cloud: () => checkConnection(sync) }),
    send: sync.report,
    after,
    log,
  })
}

async function checkConnection(sync: RunningDoctorOptions['sync']): Promise<Found> {
  if (!sync.connected) return { result: 'failed', detail: 'not connected to the broker: the log says why' }
  const ms = await sync.roundTrip()
  const { acks, rejected } = sync.counters()
  const told = `connected, there and back in ${ms.toFixed(0)} ms, ${acks} acks of the cloud since the start`
  if (rejected === 0) return { result: 'ok', detail: told }
  return { result: 'warning', detail: `${told}; it set ${rejected} batches aside: see the dead letters` }
}
