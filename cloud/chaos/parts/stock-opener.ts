/** Opens what it is sent as most readers do: without asking what it unfolds to. A process of its own, for the control of B5. */
import { promisify } from 'node:util'
import { zstdDecompress } from 'node:zlib'

const open = promisify(zstdDecompress)

process.on('message', (bombs: string[]) => {
  void Promise.all(bombs.map((bomb) => open(Buffer.from(bomb, 'base64')))).then((opened) =>
    process.send?.({ opened: opened.length }),
  )
})
process.send?.('ready')
