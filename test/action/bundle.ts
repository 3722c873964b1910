/**
 * Bundles main and post as they are shipped, into a folder of the test's own, so that the tests drive what a runner would run.
 */
import { join } from 'node:path'
import { build, type Plugin } from 'esbuild'

const root = join(import.meta.dirname, '..', '..')

const REQUIRE = `import { createRequire as jobpassCreateRequire } from 'node:module'
const require = jobpassCreateRequire(import.meta.url)`

/** The toolkit's modules do nothing when imported but do not say so; saying it for them leaves out an HTTP client that is never called. */
const quietToolkit: Plugin = {
  name: 'quiet-toolkit',
  setup({ onResolve, resolve }) {
    onResolve({ filter: /^(@actions\/|\.)/ }, async ({ path, pluginData, ...args }) => {
      if (pluginData === quietToolkit) return undefined
      const resolved = await resolve(path, { ...args, pluginData: quietToolkit })
      return /node_modules\/@actions\//.test(resolved.path) ? { ...resolved, sideEffects: false } : undefined
    })
  },
}

/** Writes `main.js` and `post.js` into the folder. */
export async function bundleAction(folder: string): Promise<void> {
  await build({
    absWorkingDir: root,
    entryPoints: ['action/main.ts', 'action/post.ts'],
    outdir: folder,
    bundle: true,
    format: 'esm',
    platform: 'node',
    target: 'node24',
    charset: 'utf8',
    banner: { js: REQUIRE },
    plugins: [quietToolkit],
    logLevel: 'warning',
  })
}
