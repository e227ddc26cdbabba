import { execFileSync } from 'node:child_process'
import { mkdirSync, rmSync, statfsSync, truncateSync, unlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** A small file system of its own, that can be filled. */
export interface SmallDisk {
  readonly kind: 'ext4 on a loop device' | 'tmpfs'
  readonly folder: string
  /** Takes all the room there is left. */
  fill(): void
  /** Gives it back. */
  free(): void
  unmount(): void
}

/**
 * Mounts a small file system: on a loop device where the machine has them, otherwise in memory.
 * @throws {Error} where neither may be mounted
 */
export function mountSmallDisk(folder: string, mebibytes: number): SmallDisk {
  const mountPoint = join(folder, 'disk')
  const image = join(folder, 'disk.img')
  mkdirSync(mountPoint, { recursive: true })
  const run = (program: string, ...args: string[]): void => void execFileSync(program, args, { stdio: 'ignore' })
  let kind: SmallDisk['kind'] = 'ext4 on a loop device'
  try {
    writeFileSync(image, '')
    truncateSync(image, mebibytes * 1024 * 1024)
    run('/sbin/mkfs.ext4', '-q', '-m', '0', image)
    run('/bin/mount', '-o', 'loop', image, mountPoint)
  } catch {
    kind = 'tmpfs'
    try {
      run('/bin/mount', '-t', 'tmpfs', '-o', `size=${mebibytes}m`, 'tmpfs', mountPoint)
    } catch (cause) {
      throw new Error('Mounting a small disk: it needs root', { cause })
    }
  }
  const ballast = join(mountPoint, 'ballast')
  return {
    kind,
    folder: mountPoint,
    fill() {
      // In pieces: the last blocks may not hold a large write.
      for (let piece = statfsSync(mountPoint).bavail * statfsSync(mountPoint).bsize; piece >= 1; piece = piece >> 1)
        try {
          writeFileSync(ballast, Buffer.alloc(piece), { flag: 'a' })
        } catch {
          // full to this piece: a smaller one may fit
        }
    },
    free: () => unlinkSync(ballast),
    unmount() {
      run('/bin/umount', mountPoint)
      rmSync(image, { force: true })
    },
  }
}
