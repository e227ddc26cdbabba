import { createReadStream } from 'node:fs'
import { createGunzip } from 'node:zlib'
import { SaxesParser } from 'saxes'
import type { OsmElements } from './osm-elements.ts'
import { toE7 } from './road.ts'

/**
 * Reads nodes and ways of OpenStreetMap XML, plain or gzipped, as a stream.
 * @throws {Error} that names the file and the line where it is no such XML
 */
export async function readOsmXml(path: string, elements: OsmElements): Promise<void> {
  const parser = new SaxesParser({ xmlns: false })
  let way: { id: number; nodes: number[]; tags: Record<string, string> } | null = null
  parser.on('error', (error) => {
    throw new Error(`Reading "${path}": ${error.message}. The file may be cut off: fetch it again.`)
  })
  parser.on('opentag', ({ name, attributes }) => {
    if (name === 'node')
      elements.node?.(Number(attributes.id), toE7(Number(attributes.lat)), toE7(Number(attributes.lon)))
    else if (name === 'way') way = { id: Number(attributes.id), nodes: [], tags: {} }
    else if (way !== null && name === 'nd') way.nodes.push(Number(attributes.ref))
    else if (way !== null && name === 'tag') way.tags[attributes.k ?? ''] = attributes.v ?? ''
  })
  parser.on('closetag', ({ name }) => {
    if (name !== 'way' || way === null) return
    elements.way?.(way.id, way.nodes, way.tags)
    way = null
  })
  const file = createReadStream(path)
  const unpacked = path.endsWith('.gz') ? file.pipe(createGunzip()) : file
  file.once('error', (error) => unpacked.destroy(error))
  unpacked.setEncoding('utf8')
  for await (const text of unpacked) parser.write(text as string)
  parser.close()
}
