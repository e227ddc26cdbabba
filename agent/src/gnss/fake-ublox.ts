import { createUbxReader, ubxFrame } from './ubx-frame.ts'

export interface FakeUbloxOptions {
  protocol: string
  /** Answers every setting with a no. */
  refuses?: boolean
  /** Loses every second message sent to it. */
  losesEverySecond?: boolean
  /** Answers so many messages, and then none. @default all */
  answersOnly?: number
}

const names = ['GGA', 'GLL', 'GSA', 'GSV', 'RMC', 'VTG', 'GRS', 'GST']
/** CFG-MSGOUT-NMEA_ID_x_UART1, as the M10's interface description lists them; it has no USB. */
const uart1Keys = new Map([
  [0x209100bb, 'GGA'],
  [0x209100ca, 'GLL'],
  [0x209100c0, 'GSA'],
  [0x209100c5, 'GSV'],
  [0x209100ac, 'RMC'],
  [0x209100b1, 'VTG'],
  [0x209100d4, 'GST'],
])

/** A u-blox receiver's settings: takes messages as it does, before protocol 27 and from it on, and answers them. */
export const createFakeUblox = ({
  protocol,
  refuses = false,
  losesEverySecond = false,
  answersOnly,
}: FakeUbloxOptions) => {
  const keyed = Number(protocol) >= 27
  const state = { measureMs: 1000, baud: 9600, sentences: {} as Record<string, number> }
  let send: (bytes: Uint8Array) => void = () => {}
  let count = 0
  let answers = 0

  const set = (key: number, value: number): boolean => {
    const name = uart1Keys.get(key)
    if (name !== undefined) state.sentences[name] = value
    else if (key === 0x30210001) state.measureMs = value
    else if (key === 0x40520001) state.baud = value
    else return false
    return true
  }
  const setKeys = (view: DataView): boolean => {
    for (let at = 4; at < view.byteLength; ) {
      const key = view.getUint32(at, true)
      const size = [0, 1, 1, 2, 4][(key >>> 28) & 7] as number
      const value =
        size === 1 ? view.getUint8(at + 4) : size === 2 ? view.getUint16(at + 4, true) : view.getUint32(at + 4, true)
      if (!set(key, value)) return false
      at += 4 + size
    }
    return true
  }
  const accepts = (id: number, payload: Uint8Array): boolean => {
    const view = new DataView(payload.buffer, payload.byteOffset, payload.length)
    if (refuses) return false
    if (id === 0x8a) return keyed && setKeys(view)
    if (keyed) return false
    if (id === 0x08) state.measureMs = view.getUint16(0, true)
    else if (id === 0x01 && payload[0] === 0xf0)
      state.sentences[names[payload[1] as number] as string] = payload[2] as number
    else if (id === 0x00) state.baud = view.getUint32(8, true)
    else return false
    return true
  }
  const version = (): Uint8Array => {
    const payload = Buffer.alloc(40 + 2 * 30)
    payload.write('ROM CORE 3.01 (107888)')
    payload.write(`PROTVER=${protocol}`, 70)
    return ubxFrame({ classId: 0x0a, id: 0x04, payload })
  }

  return {
    state,
    take: createUbxReader(({ classId, id, payload }) => {
      if (losesEverySecond && count++ % 2 === 0) return
      if (answers++ >= (answersOnly ?? Number.POSITIVE_INFINITY)) return
      if (classId === 0x0a) send(version())
      else send(ubxFrame({ classId: 5, id: accepts(id, payload) ? 1 : 0, payload: Uint8Array.of(classId, id) }))
    }),
    onBytes(listener: (bytes: Uint8Array) => void): void {
      send = listener
    },
  }
}
