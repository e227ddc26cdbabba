import { type FileHandle, open } from 'node:fs/promises'
import { promisify } from 'node:util'
import { inflate, zstdDecompress } from 'node:zlib'
import { PbfReader } from 'pbf'
import type { OsmElements } from './osm-elements.ts'

/** Sizes that the format allows (OpenStreetMap wiki, "PBF Format"): anything larger is no such file. */
const maxHeaderBytes = 64 * 1024
const maxBlobBytes = 32 * 1024 * 1024

const unzip = promisify(inflate)
const unzstd = promisify(zstdDecompress)

/**
 * Reads nodes and ways of an OpenStreetMap PBF file, block by block: what is in memory is one block.
 * @throws {Error} that names the file where it is cut short, is no such file, or is packed in a way not known here
 */
export async function readOsmPbf(path: string, elements: OsmElements): Promise<void> {
  const file = await open(path)
  try {
    let at = 0
    const { size } = await file.stat()
    while (at < size) {
      const length = Buffer.from(await take(file, path, at, 4)).readUInt32BE()
      if (length > maxHeaderBytes) throw new Error(`Reading "${path}": it is no OpenStreetMap PBF file`)
      const { type, bytes } = readHeader(await take(file, path, at + 4, length))
      if (bytes > maxBlobBytes)
        throw new Error(`Reading "${path}": a block has ${bytes} bytes, at most ${maxBlobBytes} can be`)
      const blob = await take(file, path, at + 4 + length, bytes)
      if (type === 'OSMData') readBlock(await unpack(blob, path), elements)
      at += 4 + length + bytes
    }
  } finally {
    await file.close()
  }
}

async function take(file: FileHandle, path: string, at: number, bytes: number): Promise<Uint8Array> {
  const buffer = new Uint8Array(bytes)
  const { bytesRead } = await file.read(buffer, 0, bytes, at)
  if (bytesRead < bytes) throw new Error(`Reading "${path}": it ends in the middle of a block: fetch it again`)
  return buffer
}

function readHeader(bytes: Uint8Array): { type: string; bytes: number } {
  return new PbfReader(bytes).readFields(
    (tag, header, pbf) => {
      if (tag === 1) header.type = pbf.readString()
      else if (tag === 3) header.bytes = pbf.readVarint()
    },
    { type: '', bytes: 0 },
  )
}

async function unpack(bytes: Uint8Array, path: string): Promise<Uint8Array> {
  const blob: { raw?: Uint8Array; zlib?: Uint8Array; zstd?: Uint8Array } = {}
  new PbfReader(bytes).readFields((tag, found, pbf) => {
    if (tag === 1) found.raw = pbf.readBytes()
    else if (tag === 3) found.zlib = pbf.readBytes()
    else if (tag === 7) found.zstd = pbf.readBytes()
  }, blob)
  const limit = { maxOutputLength: maxBlobBytes }
  if (blob.raw) return blob.raw
  if (blob.zlib) return await unzip(blob.zlib, limit)
  if (blob.zstd) return await unzstd(blob.zstd, limit)
  throw new Error(`Reading "${path}": a block is packed with LZMA or LZ4: convert it with osmium cat`)
}

interface Block {
  strings: string[]
  groups: [from: number, to: number][]
  granularity: number
  latOffset: number
  lonOffset: number
}

function readBlock(bytes: Uint8Array, elements: OsmElements): void {
  const block: Block = { strings: [], groups: [], granularity: 100, latOffset: 0, lonOffset: 0 }
  const reader = new PbfReader(bytes)
  reader.readFields((tag, found, pbf) => {
    if (tag === 1)
      pbf.readMessage((field, strings, table) => void (field === 1 && strings.push(table.readString())), found.strings)
    else if (tag === 2) {
      const length = pbf.readVarint()
      found.groups.push([pbf.pos, pbf.pos + length])
      pbf.pos += length
    } else if (tag === 17) found.granularity = pbf.readVarint()
    else if (tag === 19) found.latOffset = pbf.readVarint(true)
    else if (tag === 20) found.lonOffset = pbf.readVarint(true)
  }, block)
  for (const [from, to] of block.groups) {
    reader.pos = from
    reader.readFields((tag, _, pbf) => readElement(tag, pbf, block, elements), null, to)
  }
}

function readElement(tag: number, pbf: PbfReader, block: Block, elements: OsmElements): void {
  if (tag === 3 && elements.way) readWay(pbf, block, elements.way)
  else if (tag === 2 && elements.node) readDense(pbf, block, elements.node)
  else if (tag === 1 && elements.node) {
    const node = pbf.readMessage(
      (field, found, message) => {
        if (field === 1) found.id = message.readSVarint()
        else if (field === 8) found.lat = message.readSVarint()
        else if (field === 9) found.lon = message.readSVarint()
      },
      { id: 0, lat: 0, lon: 0 },
    )
    elements.node(node.id, latE7(block, node.lat), lonE7(block, node.lon))
  }
}

// The file counts in units of `granularity` nanodegrees.
const latE7 = (block: Block, lat: number): number => Math.round((block.latOffset + block.granularity * lat) / 100)
const lonE7 = (block: Block, lon: number): number => Math.round((block.lonOffset + block.granularity * lon) / 100)

function readDense(pbf: PbfReader, block: Block, onNode: NonNullable<OsmElements['node']>): void {
  const { ids, lats, lons } = pbf.readMessage(
    (field, found, message) => {
      if (field === 1) message.readPackedSVarint(found.ids)
      else if (field === 8) message.readPackedSVarint(found.lats)
      else if (field === 9) message.readPackedSVarint(found.lons)
    },
    { ids: [] as number[], lats: [] as number[], lons: [] as number[] },
  )
  let [id, lat, lon] = [0, 0, 0]
  for (let n = 0; n < ids.length; n++) {
    id += ids[n]!
    lat += lats[n]!
    lon += lons[n]!
    onNode(id, latE7(block, lat), lonE7(block, lon))
  }
}

function readWay(pbf: PbfReader, { strings }: Block, onWay: NonNullable<OsmElements['way']>): void {
  const way = pbf.readMessage(
    (field, found, message) => {
      if (field === 1) found.id = message.readVarint()
      else if (field === 2) message.readPackedVarint(found.keys)
      else if (field === 3) message.readPackedVarint(found.values)
      else if (field === 8) message.readPackedSVarint(found.nodes)
    },
    { id: 0, keys: [] as number[], values: [] as number[], nodes: [] as number[] },
  )
  for (let n = 1; n < way.nodes.length; n++) way.nodes[n]! += way.nodes[n - 1]!
  onWay(
    way.id,
    way.nodes,
    Object.fromEntries(way.keys.map((key, n) => [strings[key] ?? '', strings[way.values[n]!] ?? ''])),
  )
}
