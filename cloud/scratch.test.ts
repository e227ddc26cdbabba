import { openDurably } from './src/db/durable-folder.ts'
import { mkdtempSync, fsyncSync } from 'node:fs'
let broken = false
const c = await openDurably(mkdtempSync('/tmp/x-') + '/p', (d) => { if (broken) throw Object.assign(new Error('EIO'), { code: 'EIO' }); fsyncSync(d) })
await c.exec('CREATE TABLE a (n int)')
broken = true
for (const q of ['INSERT INTO a VALUES (1)', 'SELECT 1', 'SELECT count(*) FROM a']) await Promise.race([c.query(q).then(r => console.log(q, r.rows), e => console.log(q, 'ERR', String(e).slice(0, 200))), new Promise(r => setTimeout(() => r(console.log(q, 'hung')), 2000))])
broken = false
await Promise.race([c.query('SELECT count(*) FROM a').then(r => console.log(r.rows), e => console.log('ERR', String(e).slice(0, 200))), new Promise(r => setTimeout(() => r(console.log('hung')), 2000))])
process.exit()
