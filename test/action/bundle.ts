/** Writes main and post as they are shipped into a folder of the test's own, so that the tests drive what a runner would run. */
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { buildAction } from '../../build.ts'

/** Writes `main.js` and `post.js` into the folder. */
export async function bundleAction(folder: string): Promise<void> {
  for (const [name, code] of await buildAction()) await writeFile(join(folder, name), code)
}
