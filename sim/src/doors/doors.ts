import { openVirtualSerial } from '../virtual-serial/virtual-serial.ts'
import { type Board, type BoardImu, createBoard } from './board.ts'

/** The two ports of a car as the agent sees them: a GNSS receiver and a sensor board, each on a pseudo-terminal. */
export interface Doors {
  readonly gnssPath: string
  readonly boardPath: string
  readonly board: Board
  /** Puts NMEA on the receiver's line. */
  gnss(text: string): void
  /** Bytes that nobody took, on both lines. */
  droppedBytes(): number
  close(): void
}

/** Opens both lines. @param options `imu` what the board has; null for none */
export function openDoors(options: { imu: BoardImu | null }): Doors {
  const receiver = openVirtualSerial()
  const line = openVirtualSerial()
  return {
    gnssPath: receiver.path,
    boardPath: line.path,
    board: createBoard({ line, imu: options.imu }),
    gnss: (text) => receiver.write(text),
    droppedBytes: () => receiver.droppedBytes + line.droppedBytes,
    close() {
      receiver.close()
      line.close()
    },
  }
}
