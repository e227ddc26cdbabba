/**
 * Begins this program anew in the same place, with flags that V8 takes at its start alone: same process id, same open files. Does nothing
 * where Node cannot.
 *
 * @param {readonly string[]} v8Flags
 * @param {NodeJS.ProcessEnv} env
 */
export function beginAnew(v8Flags, env) {
  const [node, ...rest] = process.argv
  const flags = process.execArgv.filter((flag) => !v8Flags.includes(flag))
  process.execve?.(node, [node, '--disable-warning=ExperimentalWarning', ...v8Flags, ...flags, ...rest], env)
}

/** Whether it began with them. @param {readonly string[]} v8Flags */
export const hasBegunWith = (v8Flags) => v8Flags.every((flag) => process.execArgv.includes(flag))
