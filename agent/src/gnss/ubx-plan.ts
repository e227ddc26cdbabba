import type { UbxMessage } from './ubx-frame.ts'

/** Messages to a receiver, each of which it acknowledges. */
export type UbxPlan = readonly UbxMessage[]

/** Sentences and how many of each an epoch: what decoder and doctor read, and nothing that fills the line. */
const sentences = { RMC: 1, GGA: 1, GSA: 1, VTG: 0, GSV: 0, GLL: 0, GST: 0 } as const

/** Class and ids of the messages used (u-blox 8/M8 protocol specification, UBX-13003221, chapter 32). */
const cfg = 0x06
const ids = { prt: 0x00, msg: 0x01, rate: 0x08, valset: 0x8a }
export const ack = { classId: 0x05, yes: 0x01, no: 0x00 } as const
/** Asks what the receiver is: UBX-MON-VER. */
export const versionPoll: UbxMessage = { classId: 0x0a, id: 0x04, payload: new Uint8Array(0) }

/** From this protocol version on settings are keys and values, and the older messages go away (u-blox 9 interface descriptions). */
const firstKeyedProtocol = 27

const little = (value: number, bytes: number): number[] =>
  Array.from({ length: bytes }, (_, i) => Math.floor(value / 2 ** (8 * i)) % 256)
const message = (id: number, payload: readonly number[]): UbxMessage => ({
  classId: cfg,
  id,
  payload: Uint8Array.from(payload),
})

/** The protocol version in an answer to the poll: 40 bytes of versions, then texts of 30, one of which names it; null where none does. */
export const protocolOf = ({ payload }: UbxMessage): number | null => {
  const text = String.fromCharCode(...payload)
  const told = /PROTVER[ =](\d+\.\d+)/.exec(text)
  return told === null ? null : Number(told[1])
}

/** Ids of NMEA sentences in UBX-CFG-MSG (class 0xf0; 31.2). */
const oldIds: Record<keyof typeof sentences, number> = {
  GGA: 0x00,
  GLL: 0x01,
  GSA: 0x02,
  GSV: 0x03,
  RMC: 0x04,
  VTG: 0x05,
  GST: 0x07,
}

/** Before protocol 27: UBX-CFG-RATE and, for the line that it comes in by, UBX-CFG-MSG. The settings last until power is cut. */
const oldPlan = (rateHz: number): UbxPlan => [
  message(ids.rate, [...little(Math.round(1000 / rateHz), 2), 1, 0, 1, 0]),
  ...Object.entries(sentences).map(([name, each]) =>
    message(ids.msg, [0xf0, oldIds[name as keyof typeof sentences], each]),
  ),
]

/** CFG-MSGOUT-NMEA_ID_x_I2C; the same for UART1 and USB are 1 and 3 more (u-blox M9 and M10 interface descriptions, configuration reference). */
const keys: Record<keyof typeof sentences, number> = {
  RMC: 0x209100ab,
  GGA: 0x209100ba,
  GSA: 0x209100bf,
  VTG: 0x209100b0,
  GSV: 0x209100c4,
  GLL: 0x209100c9,
  GST: 0x209100d3,
}
const uart1 = 1
const usb = 3
/** CFG-RATE-MEAS, milliseconds, and CFG-UART1-BAUDRATE. */
const measureKey = 0x30210001
const baudKey = 0x40520001
/** Layer that lasts until power is cut. */
const ram = 1

/** Bytes of a value, by bits 28 to 30 of its key. */
const bytesOf = (key: number): number => [0, 1, 1, 2, 4, 8][(key >>> 28) & 7] as number
const valset = (values: readonly (readonly [key: number, value: number])[]): UbxMessage =>
  message(ids.valset, [
    0,
    ram,
    0,
    0,
    ...values.flatMap(([key, value]) => [...little(key, 4), ...little(value, bytesOf(key))]),
  ])

const sentencesOn = (line: number): UbxMessage =>
  valset(Object.entries(sentences).map(([name, each]) => [keys[name as keyof typeof sentences] + line, each] as const))

/** What a receiver is told, and messages of which it need take only one: it may have no USB, or no UART. */
export const setUpPlan = (protocol: number, rateHz: number): { all: UbxPlan; oneOf: UbxPlan } =>
  protocol < firstKeyedProtocol
    ? { all: oldPlan(rateHz), oneOf: [] }
    : {
        all: [valset([[measureKey, Math.round(1000 / rateHz)]])],
        oneOf: [sentencesOn(uart1), sentencesOn(usb)],
      }

/** Sets the baud rate of its UART: 8N1, UBX and NMEA both ways. It is acknowledged at either rate, if at all. */
export const baudMessage = (protocol: number, baud: number): UbxMessage =>
  protocol < firstKeyedProtocol
    ? message(ids.prt, [1, 0, 0, 0, ...little(0x8d0, 4), ...little(baud, 4), 3, 0, 3, 0, 0, 0, 0, 0])
    : valset([[baudKey, baud]])
