/**
 * Notices when files below a folder change, by looking at them a few times a second: that works the same on every file system and
 * however an editor saves. A change counts once the folder has stood still, so a half-written save is not read.
 */
import { readdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'

export interface Watch {
  stop(): Promise<void>
}

const lookEveryMs = 150

/** Calls `onChange` after each change since the fingerprint was taken, one call at a time. */
export function watchFolder(dir: string, since: string, onChange: () => Promise<void>): Watch {
  const stopping = new AbortController()
  const watching = (async () => {
    let handled = since
    let seen = since
    while (!stopping.signal.aborted) {
      await sleep(lookEveryMs, undefined, { signal: stopping.signal }).catch(() => undefined)
      const now = await fingerprint(dir)
      if (now !== handled && now === seen && !stopping.signal.aborted) {
        handled = now
        await onChange()
      }
      seen = now
    }
  })()
  return {
    stop: () => {
      stopping.abort()
      return watching
    },
  }
}

/** Every policy file with its size, times and inode; a file that vanishes meanwhile is simply not there. */
export async function fingerprint(dir: string): Promise<string> {
  const entries = await readdir(dir, { recursive: true, withFileTypes: true }).catch(() => [])
  const files = entries
    .filter((entry) => !entry.isDirectory() && /\.ya?ml$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
  const lines = await Promise.all(files.sort().map(describe))
  return lines.join('\n')
}

async function describe(file: string): Promise<string> {
  try {
    const { size, mtimeMs, ctimeMs, ino } = await stat(file)
    return `${file} ${size} ${mtimeMs} ${ctimeMs} ${ino}`
  } catch {
    return ''
  }
}
