import type { Frame } from './frame.ts'
import {
  ackStatuses,
  type Health,
  type ImuBurst,
  type Message,
  maxBurst,
  messageTypes,
  type Odometer,
  selfTests,
} from './messages.ts'

const chipBytes = 16
const unknownMv = 0xffff
const unknownCentiC = -0x8000
const ignitionKnown = 1
const ignitionOn = 2

/** Bytes of a sample: six 16-bit integers. */
const sampleBytes = 12
const burstHead = 11

/** Makes a message's payload. @throws {RangeError} for what does not fit its field. */
export function encodeMessage(message: Message): Pick<Frame, 'type' | 'payload'> {
  const type = messageTypes[message.kind]
  switch (message.kind) {
    case 'hello': {
      const payload = new Uint8Array(7 + chipBytes)
      const view = new DataView(payload.buffer)
      view.setUint8(0, fits(message.version, 0xff, 'version'))
      view.setUint16(1, fits(message.rateHz, 0xffff, 'rateHz'), true)
      view.setUint16(3, fits(message.accelStepsPerG, 0xffff, 'accelStepsPerG'), true)
      view.setUint16(5, fits(message.gyroDecistepsPerDps, 0xffff, 'gyroDecistepsPerDps'), true)
      if (!/^[\x21-\x7e]{1,16}$/.test(message.chip))
        throw new RangeError(`Encoding a hello: chip is ${JSON.stringify(message.chip)}, expected 1 to 16 ASCII signs`)
      payload.set(new TextEncoder().encode(message.chip), 7)
      return { type, payload }
    }
    case 'imu':
      return { type, payload: encodeBurst(message) }
    case 'state': {
      const payload = new Uint8Array(11)
      const view = new DataView(payload.buffer)
      setMicros(view, message.atUs)
      const { ignition, batteryMv } = message
      view.setUint8(8, ignition === null ? 0 : ignitionKnown | (ignition ? ignitionOn : 0))
      view.setUint16(9, batteryMv === null ? unknownMv : fits(batteryMv, unknownMv - 1, 'batteryMv'), true)
      return { type, payload }
    }
    case 'ack':
      return { type, payload: Uint8Array.of(fits(message.of, 0xff, 'of'), ackStatuses.indexOf(message.status)) }
    case 'odometer':
      return { type, payload: encodeOdometer(message) }
    case 'health':
      return { type, payload: encodeHealth(message) }
    case 'ping':
      return { type, payload: new Uint8Array(0) }
    case 'buzzer': {
      const payload = new Uint8Array(4)
      const view = new DataView(payload.buffer)
      view.setUint16(0, fits(message.frequencyHz, 0xffff, 'frequencyHz'), true)
      view.setUint16(2, fits(message.durationMs, 0xffff, 'durationMs'), true)
      return { type, payload }
    }
    case 'sleep': {
      const payload = new Uint8Array(6)
      const view = new DataView(payload.buffer)
      view.setUint16(0, fits(message.afterS, 0xffff, 'afterS'), true)
      view.setUint32(2, fits(message.wakeS, 0xffff_ffff, 'wakeS'), true)
      return { type, payload }
    }
  }
}

/** Reads a frame's message; null for a type or a length that this version does not know. */
export function decodeMessage({ type, payload }: Frame): Message | null {
  const view = new DataView(payload.buffer, payload.byteOffset, payload.byteLength)
  const size = payload.length
  if (type === messageTypes.hello && size === 7 + chipBytes) {
    const chip = new TextDecoder('latin1').decode(payload.subarray(7)).replace(/\0+$/, '')
    if (!/^[\x21-\x7e]+$/.test(chip)) return null
    const [rateHz, accelStepsPerG, gyroDecistepsPerDps] = [1, 3, 5].map((at) => view.getUint16(at, true))
    if (!rateHz || !accelStepsPerG || !gyroDecistepsPerDps) return null
    return { kind: 'hello', version: view.getUint8(0), chip, rateHz, accelStepsPerG, gyroDecistepsPerDps }
  }
  if (type === messageTypes.imu) return decodeBurst(view)
  if (type === messageTypes.state && size === 11) {
    const flags = view.getUint8(8)
    const millivolts = view.getUint16(9, true)
    return {
      kind: 'state',
      atUs: micros(view),
      ignition: flags & ignitionKnown ? (flags & ignitionOn) !== 0 : null,
      batteryMv: millivolts === unknownMv ? null : millivolts,
    }
  }
  if (type === messageTypes.ack && size === 2) {
    const status = ackStatuses[view.getUint8(1)]
    return status === undefined ? null : { kind: 'ack', of: view.getUint8(0), status }
  }
  if (type === messageTypes.odometer && size === 14)
    return { kind: 'odometer', atUs: micros(view), metres: view.getUint32(8, true), stepM: view.getUint16(12, true) }
  if (type === messageTypes.health && size === 15) return decodeHealth(view)
  if (type === messageTypes.ping && size === 0) return { kind: 'ping' }
  if (type === messageTypes.buzzer && size === 4)
    return { kind: 'buzzer', frequencyHz: view.getUint16(0, true), durationMs: view.getUint16(2, true) }
  if (type === messageTypes.sleep && size === 6)
    return { kind: 'sleep', afterS: view.getUint16(0, true), wakeS: view.getUint32(2, true) }
  return null
}

function encodeBurst({ atUs, periodUs, samples }: ImuBurst): Uint8Array {
  const count = fits(samples.length / 6, maxBurst, 'number of samples')
  const payload = new Uint8Array(burstHead + count * sampleBytes)
  const view = new DataView(payload.buffer)
  setMicros(view, atUs)
  view.setUint16(8, fits(periodUs, 0xffff, 'periodUs'), true)
  view.setUint8(10, count)
  samples.forEach((value, i) => {
    view.setInt16(burstHead + i * 2, value, true)
  })
  return payload
}

function decodeBurst(view: DataView): ImuBurst | null {
  if (view.byteLength < burstHead) return null
  const count = view.getUint8(10)
  if (count < 1 || view.byteLength !== burstHead + count * sampleBytes) return null
  const samples = new Int16Array(count * 6)
  for (let i = 0; i < samples.length; i++) samples[i] = view.getInt16(burstHead + i * 2, true)
  return { kind: 'imu', atUs: micros(view), periodUs: view.getUint16(8, true), samples }
}

function encodeOdometer({ atUs, metres, stepM }: Odometer): Uint8Array {
  const payload = new Uint8Array(14)
  const view = new DataView(payload.buffer)
  setMicros(view, atUs)
  view.setUint32(8, fits(metres, 0xffff_ffff, 'metres'), true)
  view.setUint16(12, fits(stepM, 0xffff, 'stepM'), true)
  return payload
}

function encodeHealth({ atUs, imuCentiC, lostSamples, selfTest }: Health): Uint8Array {
  const payload = new Uint8Array(15)
  const view = new DataView(payload.buffer)
  setMicros(view, atUs)
  if (imuCentiC !== null && !(Number.isInteger(imuCentiC) && Math.abs(imuCentiC) < 0x8000))
    throw new RangeError(`Encoding a message: imuCentiC is ${imuCentiC}, expected an integer from -32767 to 32767`)
  view.setInt16(8, imuCentiC ?? unknownCentiC, true)
  view.setUint32(10, fits(lostSamples, 0xffff_ffff, 'lostSamples'), true)
  view.setUint8(14, selfTests.indexOf(selfTest))
  return payload
}

function decodeHealth(view: DataView): Health | null {
  const selfTest = selfTests[view.getUint8(14)]
  if (selfTest === undefined) return null
  const centiC = view.getInt16(8, true)
  return {
    kind: 'health',
    atUs: micros(view),
    imuCentiC: centiC === unknownCentiC ? null : centiC,
    lostSamples: view.getUint32(10, true),
    selfTest,
  }
}

const setMicros = (view: DataView, atUs: number): void =>
  view.setBigUint64(0, BigInt(fits(atUs, Number.MAX_SAFE_INTEGER, 'atUs')), true)

const micros = (view: DataView): number => Number(view.getBigUint64(0, true))

function fits(value: number, max: number, name: string): number {
  if (!Number.isInteger(value) || value < 0 || value > max)
    throw new RangeError(`Encoding a message: ${name} is ${value}, expected an integer from 0 to ${max}`)
  return value
}
