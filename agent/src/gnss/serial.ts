import type { Readable } from 'node:stream'
import { SerialPort } from 'serialport'
import { watchFile } from './watch-file.ts'

/** An open serial line; both the GNSS receiver and the sensor board hang on one. */
export interface BytePort {
  readonly bytes: Readable
  write(bytes: Uint8Array): void
  close(): Promise<void>
}

/** Opens a serial line; rejects with the operating system's reason, with TypeError or RangeError for wrong settings. */
export type OpenPort = (path: string, baud: number) => Promise<BytePort>

/**
 * Opens a real serial port, 8N1; it closes by itself when its plug is pulled.
 *
 * serialport alone does not see that: a terminal that hung up reads as zero bytes, which it asks for again without end.
 */
export const openPort: OpenPort = (path, baud) =>
  new Promise((resolve, reject) => {
    const port = new SerialPort({ path, baudRate: baud, autoOpen: false })
    const close = (): Promise<void> =>
      new Promise((closed) => {
        if (port.isOpen) port.close(() => closed())
        else closed()
      })
    port.open((error) => {
      if (error) {
        reject(error)
        return
      }
      port.once(
        'close',
        watchFile(path, () => void close()),
      )
      resolve({ bytes: port, write: (bytes) => void port.write(Buffer.from(bytes)), close })
    })
  })
