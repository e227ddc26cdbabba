/**
 * What Redis does in one step for the cache. Its clock is its own time in microseconds, made to grow with each tick, so that it goes on
 * growing after everything was flushed; moments are 16 digits and exact in Lua's numbers until the year 2255.
 */

const tick = `
local function tick()
  local time = redis.call('TIME')
  local at = tonumber(time[1]) * 1000000 + tonumber(time[2])
  local last = tonumber(redis.call('GET', KEYS[1]) or '0')
  if at <= last then at = last + 1 end
  redis.call('SET', KEYS[1], string.format('%.0f', at))
  return at
end
`

/**
 * KEYS clock, entry, tags… ARGV life of a tag in ms. Gives the moment, and the entry where no tag moved since it was begun.
 * A tag that is not there was evicted or never used: it counts as moved now, so nothing from before is taken for fresh.
 */
export const look = `${tick}
local asOf = tonumber(redis.call('GET', KEYS[1]) or nil) or tick()
local newest = 0
for i = 3, #KEYS do
  local moved = tonumber(redis.call('GET', KEYS[i]) or nil)
  if not moved then
    moved = tick()
    asOf = moved
    redis.call('SET', KEYS[i], string.format('%.0f', moved), 'PX', ARGV[1])
  end
  if moved > newest then newest = moved end
end
local entry = redis.call('HMGET', KEYS[2], 'asOf', 'answer')
if entry[1] and tonumber(entry[1]) >= newest then return {string.format('%.0f', asOf), entry[2]} end
return {string.format('%.0f', asOf)}
`

/** KEYS dropped, entry, tags… ARGV asOf, life in ms, answer. Keeps an answer unless a tag moved since, or a pattern was dropped. */
export const keep = `
local asOf = tonumber(ARGV[1])
for i = 3, #KEYS do
  local moved = tonumber(redis.call('GET', KEYS[i]) or nil)
  if not moved or moved > asOf then return 0 end
end
local dropped = tonumber(redis.call('GET', KEYS[1]) or nil)
if dropped and dropped > asOf then return 0 end
redis.call('HSET', KEYS[2], 'asOf', ARGV[1], 'answer', ARGV[3])
redis.call('PEXPIRE', KEYS[2], ARGV[2])
return 1
`

/** KEYS clock, tags… ARGV life of a tag in ms, channel, message. Moves the tags and tells every process. */
export const move = `${tick}
local at = string.format('%.0f', tick())
for i = 2, #KEYS do redis.call('SET', KEYS[i], at, 'PX', ARGV[1]) end
redis.call('PUBLISH', ARGV[2], ARGV[3])
return at
`
