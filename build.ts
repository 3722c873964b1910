/**
 * Builds every bundle of `dist/` from one table. The same sources give the same bytes on any machine; `--check` proves that
 * `dist/` is what the sources build, and writes nothing. It must never put a path of this machine into a bundle.
 */
import { existsSync } from 'node:fs'
import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { basename, dirname, join, relative } from 'node:path'
import { type BuildOptions, build, type Plugin } from 'esbuild'

const root = import.meta.dirname

/** Bundled CommonJS packages call `require` for Node's own modules; an ES module has none unless it makes one. */
const REQUIRE = `import { createRequire as jobpassCreateRequire } from 'node:module'
const require = jobpassCreateRequire(import.meta.url)`

const FOR_NODE: BuildOptions = { platform: 'node', target: 'node24', banner: { js: REQUIRE } }

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

const FOR_RUNNERS: BuildOptions = { ...FOR_NODE, plugins: [quietToolkit] }

const FOR_WORKERD: BuildOptions = {
  platform: 'browser',
  target: 'es2024',
  conditions: ['workerd', 'worker', 'browser'],
  external: ['cloudflare:*', 'node:*'],
}

interface Bundle {
  readonly entry: string
  readonly outfile: string
  readonly options: BuildOptions
}

/** What a runner runs. */
const ACTION_BUNDLES: readonly Bundle[] = [
  { entry: 'action/main.ts', outfile: 'dist/action/main.js', options: FOR_RUNNERS },
  { entry: 'action/post.ts', outfile: 'dist/action/post.js', options: FOR_RUNNERS },
]

const POLICY_ACTION_BUNDLES: readonly Bundle[] = [
  { entry: 'action/policy/main.ts', outfile: 'dist/action-policy/main.js', options: FOR_RUNNERS },
]

const BUNDLES: readonly Bundle[] = [
  ...ACTION_BUNDLES,
  ...POLICY_ACTION_BUNDLES,
  { entry: 'cli/main.ts', outfile: 'dist/jobpass/main.js', options: { ...FOR_NODE, external: ['workerd'] } },
  { entry: 'worker/index.ts', outfile: 'dist/worker/index.js', options: FOR_WORKERD },
]

const LICENCES_FILE = 'dist/LICENCES.txt'
const PACKAGE_OF_INPUT = /^(?:.*\/)?node_modules\/((?:@[^/]+\/)?[^/]+)\//

/** Path → content; of everything `dist/` holds, paths below the root. */
type Built = ReadonlyMap<string, string>

async function buildAll(): Promise<Built> {
  const built = new Map<string, string>()
  const packageDirs = new Map<string, string>()
  for (const bundle of BUNDLES) {
    const { code, inputs } = await buildOne(bundle)
    built.set(bundle.outfile, code)
    for (const input of inputs) {
      const match = PACKAGE_OF_INPUT.exec(input)
      if (match !== null) packageDirs.set(match[1] ?? '', join(root, match[0]))
    }
  }
  built.set(LICENCES_FILE, await licences(packageDirs))
  return built
}

/** File name → code of an action, as it is shipped: for tests that drive what a runner would run. */
export async function buildAction(action: 'exchange' | 'policy' = 'exchange'): Promise<Built> {
  const built = new Map<string, string>()
  for (const bundle of action === 'policy' ? POLICY_ACTION_BUNDLES : ACTION_BUNDLES)
    built.set(basename(bundle.outfile), (await buildOne(bundle)).code)
  return built
}

async function buildOne({ entry, outfile, options }: Bundle): Promise<{ code: string; inputs: readonly string[] }> {
  const { outputFiles, metafile } = await build({
    ...options,
    absWorkingDir: root,
    entryPoints: [entry],
    outfile,
    bundle: true,
    format: 'esm',
    charset: 'utf8',
    legalComments: 'inline',
    logLevel: 'warning',
    metafile: true,
    write: false,
  })
  return { code: outputFiles[0]?.text ?? '', inputs: Object.keys(metafile.inputs) }
}

/** The licence of every package whose code is in a bundle: their terms ask for the notice to travel with it. */
async function licences(packageDirs: ReadonlyMap<string, string>): Promise<string> {
  const sections: string[] = ['Licences of the packages bundled in this folder.\n']
  for (const [name, dir] of [...packageDirs].sort(([a], [b]) => (a < b ? -1 : 1))) {
    const file = (await readdir(dir)).sort().find((candidate) => /^(licen[cs]e|copying)/i.test(candidate))
    const text = file === undefined ? await declaredLicence(dir) : await readFile(join(dir, file), 'utf8')
    sections.push(`\n---- ${name}\n\n${text.replaceAll('\r\n', '\n').trim()}\n`)
  }
  return sections.join('')
}

async function declaredLicence(dir: string): Promise<string> {
  const manifest: unknown = JSON.parse(await readFile(join(dir, 'package.json'), 'utf8'))
  const licence = typeof manifest === 'object' && manifest !== null && 'license' in manifest ? String(manifest.license) : 'unknown'
  return `${licence} (the package declares it and has no licence file)`
}

async function filesInDist(): Promise<readonly string[]> {
  const dist = join(root, 'dist')
  if (!existsSync(dist)) return []
  const entries = await readdir(dist, { recursive: true, withFileTypes: true })
  return entries.filter((entry) => entry.isFile()).map((entry) => relative(root, join(entry.parentPath, entry.name)))
}

/** What differs between `dist/` and the sources: files to change, to add, to remove. */
async function staleFiles(built: Built): Promise<readonly string[]> {
  const stale: string[] = []
  for (const [path, content] of built) {
    const file = join(root, path)
    if (!existsSync(file)) stale.push(`${path}: missing`)
    else if ((await readFile(file, 'utf8')) !== content) stale.push(`${path}: not what the sources build`)
  }
  for (const path of await filesInDist()) if (!built.has(path)) stale.push(`${path}: built from nothing`)
  return stale
}

async function writeAll(built: Built): Promise<void> {
  for (const path of await filesInDist()) if (!built.has(path)) await rm(join(root, path))
  for (const [path, content] of built) {
    const file = join(root, path)
    await mkdir(dirname(file), { recursive: true })
    await writeFile(file, content)
    process.stdout.write(`${path} ${Math.ceil(content.length / 1024)} KiB\n`)
  }
}

async function main(args: readonly string[]): Promise<number> {
  const built = await buildAll().catch(hasBeenLogged)
  if (built === undefined) return 1
  if (!args.includes('--check')) {
    await writeAll(built)
    return 0
  }
  const stale = await staleFiles(built)
  for (const line of stale) process.stderr.write(`${line}\n`)
  if (stale.length > 0) process.stderr.write('dist/ is not fresh: run `npm run build`\n')
  return stale.length > 0 ? 1 : 0
}

/** esbuild has printed each error with its place already. */
function hasBeenLogged(error: unknown): undefined {
  if (error instanceof Error && 'errors' in error) return undefined
  throw error
}

if (import.meta.main) process.exitCode = await main(process.argv.slice(2))
