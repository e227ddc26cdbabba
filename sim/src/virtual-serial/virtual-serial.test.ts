import assert from 'node:assert/strict'
import { once } from 'node:events'
import { constants, openSync } from 'node:fs'
import { test } from 'node:test'
import { ReadStream } from 'node:tty'
import { openVirtualSerial } from './virtual-serial.ts'

const everyByte = Buffer.from(Array.from({ length: 256 }, (_, index) => index))

async function read(stream: ReadStream, length: number): Promise<Buffer> {
  let got = Buffer.alloc(0)
  while (got.length < length) got = Buffer.concat([got, (await once(stream, 'data'))[0] as Buffer])
  return got
}

test('openVirtualSerial carries every byte unchanged to the other end, and echoes none', async () => {
  const line = openVirtualSerial()
  const echoed: Uint8Array[] = []
  line.onData((bytes) => echoed.push(bytes))
  const port = new ReadStream(openSync(line.path, constants.O_RDWR | constants.O_NOCTTY))
  line.write(everyByte)
  assert.deepEqual(await read(port, 256), everyByte)
  line.write('$GPRMC\r\n')
  assert.equal((await read(port, 8)).toString(), '$GPRMC\r\n')
  assert.equal(echoed.length, 0)
  port.destroy()
  line.close()
})

test('openVirtualSerial survives a reader that closes the port and opens it again', async () => {
  const line = openVirtualSerial()
  for (const round of ['one', 'two']) {
    const port = new ReadStream(openSync(line.path, constants.O_RDWR | constants.O_NOCTTY))
    line.write(round)
    assert.equal((await read(port, 3)).toString(), round)
    port.destroy()
    await once(port, 'close')
  }
  line.close()
  line.close()
})

test('openVirtualSerial counts what nobody reads instead of keeping it for ever', () => {
  const line = openVirtualSerial()
  for (let index = 0; index < 40; index++) line.write(new Uint8Array(8192))
  assert.ok(line.droppedBytes > 0)
  line.close()
})
