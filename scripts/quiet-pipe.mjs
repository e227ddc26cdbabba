// Who reads the output may have had enough of it (`| head`): that is the end of the program, and no error.
process.stdout.on('error', (error) => {
  if (error.code !== 'EPIPE') throw error
  process.exit()
})
