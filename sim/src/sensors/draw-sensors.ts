import type { Random } from '../random.ts'
import { drawImuPart } from './imu-parts.ts'
import { drawReceiver } from './receiver.ts'
import type { SensorTraits } from './suite.ts'

/** Draws the sensors of a box: whatever part, receiver and clock it happens to have. */
export function drawSensors(random: Random): SensorTraits {
  const imuPart = drawImuPart(random.fork('part'))
  return {
    imuPart,
    imuClockError: imuPart.clock * random.fork('clock').normal(),
    receiver: drawReceiver(random.fork('receiver')),
  }
}
