import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { PathPoint } from '@fairmile/contract/http/trips.ts'
import { samplePath } from '../../demos/samples/drive.ts'
import { projectTrack } from './track.ts'

const size = { widthPx: 480, mostHeightPx: 520 }
const point = (tS: number, lat: number | null, lon: number | null, risk: number | null = 10): PathPoint => ({
  tS,
  lat,
  lon,
  speedMps: 10,
  aLong: 0,
  aLat: 0,
  risk,
  limitKmh: null,
})

describe('projectTrack', () => {
  it('is null where fewer than two places are known', () => {
    assert.equal(projectTrack([], size), null)
    assert.equal(projectTrack([point(0, 49, 12), point(1, null, null)], size), null)
  })

  it('draws north up and east to the right at one scale', () => {
    const step = 0.01
    const squeeze = Math.cos((49 * Math.PI) / 180)
    const track = projectTrack([point(0, 49, 12), point(1, 49 + step, 12 + step / squeeze)], size)!
    const [from, to] = track.places
    assert.ok(to!.x > from!.x && to!.y < from!.y)
    assert.ok(Math.abs(to!.x - from!.x - (from!.y - to!.y)) < 1)
  })

  it('stays inside of its frame', () => {
    const track = projectTrack(samplePath.points, size)!
    assert.ok(track.heightPx <= size.mostHeightPx)
    for (const { x, y } of track.places) assert.ok(x >= 0 && x <= size.widthPx && y >= 0 && y <= track.heightPx)
  })

  it('joins all runs end to start and marks the unknown stretch as bridged', () => {
    const track = projectTrack(samplePath.points, size)!
    const ends = track.runs.map(({ d }) => ({ from: d.slice(1).split('L')[0], to: d.split('L').at(-1) }))
    for (let index = 1; index < ends.length; index++) assert.equal(ends[index]!.from, ends[index - 1]!.to)
    assert.equal(track.runs.filter(({ bridged }) => bridged).length, 1)
  })

  it('colours a run by the highest risk in it, null where none is known', () => {
    const track = projectTrack([point(0, 49, 12, 5), point(1, 49.001, 12, 60), point(2, 49.002, 12, 7)], size)!
    assert.equal(track.runs[0]!.risk, 60)
    assert.equal(projectTrack([point(0, 49, 12, null), point(1, 49.001, 12, null)], size)!.runs[0]!.risk, null)
  })

  it('draws a car that never moved without dividing by nothing', () => {
    const track = projectTrack([point(0, 49, 12), point(1, 49, 12)], size)!
    assert.ok(track.places.every(({ x, y }) => Number.isFinite(x) && Number.isFinite(y)))
  })
})
