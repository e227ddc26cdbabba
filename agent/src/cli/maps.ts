import { Command } from 'commander'
import { buildMap } from '../maps/build-map.ts'

/** `fairmile-agent maps build FILE OUT.sqlite`: an OpenStreetMap extract into the map that limits are looked up in. */
export const mapsCommand = (): Command =>
  new Command('maps').description('make the map that speed limits are looked up in, without a network').addCommand(
    new Command('build')
      .description('make a map of an OpenStreetMap extract')
      .argument('<file>', 'extract: .osm.pbf, .osm, .osm.gz, .geojson or .geojson.gz')
      .argument('<out>', 'map file to write; replaced when the new one is whole')
      .option('--json', 'print one JSON object')
      .addHelpText(
        'before',
        `Examples:
  $ fairmile-agent maps build liechtenstein-latest.osm.pbf roads.sqlite
  $ FAIRMILE_MAP=roads.sqlite fairmile-agent run
  $ fairmile-agent replay drives/monday --map roads.sqlite | tail -1
`,
      )
      .action(async (file: string, out: string, flags: { json?: true }) => {
        const startedMs = performance.now()
        const built = await buildMap(file, out)
        const tookS = Math.round(performance.now() - startedMs) / 1000
        process.stdout.write(
          flags.json
            ? `${JSON.stringify({ ...built, tookS })}\n`
            : `${out}: ${built.roads} roads, ${built.withLimit} with a limit, ${built.bytes} bytes, in ${tookS} s\n`,
        )
        if (built.cutWays > 0) process.stderr.write(`${built.cutWays} roads are cut by the edge of the extract\n`)
      }),
  )
