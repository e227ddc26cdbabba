// Plain JavaScript on purpose: it has to run under the Node that is too old for everything else.
const major = Number(process.versions.node.split('.')[0])
if (major < 24) {
  console.error(
    `Fairmile needs Node 24 or newer, and this is Node ${process.versions.node}.\n` +
      'Run it through npm (npm start, npx fairmile-agent …): "npm ci" installs the right Node into node_modules/.bin,\n' +
      'and npm puts that first on the path. Without npm: PATH="$PWD/node_modules/.bin:$PATH" before the command.',
  )
  process.exit(1)
}
