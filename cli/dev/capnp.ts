/**
 * The configuration of one broker for plain `workerd serve`, as Cap'n Proto text. A pure function from settings to text;
 * it must never let a value break out of its quotes, because bindings hold secrets and file contents.
 */

export interface BrokerConfig {
  /** File name of the bundled worker, beside the configuration. */
  readonly moduleName: string
  /** Absolute path of the folder that keeps the Durable Objects. */
  readonly storageDir: string
  /** Binding name → class name; every class is SQLite-backed. */
  readonly durableObjects: Readonly<Record<string, string>>
  /** Binding name → text. */
  readonly bindings: Readonly<Record<string, string>>
}

/** The compatibility date of the workerd this version is built and tested with. */
const COMPATIBILITY_DATE = '2026-10-23'

const ESCAPES: ReadonlyMap<string, string> = new Map([
  ['"', '\\"'],
  ['\\', '\\\\'],
  ['\n', '\\n'],
  ['\r', '\\r'],
  ['\t', '\\t'],
])

/** A Cap'n Proto text literal. A NUL cannot be in one: it is a fault to ask for it. */
export function capnpText(value: string): string {
  if (value.includes('\0')) throw new TypeError('a binding cannot hold a NUL character')
  let text = ''
  for (const character of value) text += ESCAPES.get(character) ?? (character < ' ' ? `\\x${hexByte(character)}` : character)
  return `"${text}"`
}

function hexByte(character: string): string {
  return character.charCodeAt(0).toString(16).padStart(2, '0')
}

/** The whole configuration: one worker, one loopback socket named `broker`, its objects on the local disk. */
export function brokerConfig(config: BrokerConfig): string {
  const objects = Object.entries(config.durableObjects)
  const bindings = [
    ...Object.entries(config.bindings).map(([name, value]) => `(name = ${capnpText(name)}, text = ${capnpText(value)})`),
    ...objects.map(([name, className]) => `(name = ${capnpText(name)}, durableObjectNamespace = ${capnpText(className)})`),
  ]
  const namespaces = objects.map(
    ([, className]) => `(className = ${capnpText(className)}, uniqueKey = ${capnpText(`jobpass-${className}`)}, enableSql = true)`,
  )
  return `using Workerd = import "/workerd/workerd.capnp";

const config :Workerd.Config = (
  services = [
    (name = "broker", worker = .broker),
    (name = "storage", disk = (path = ${capnpText(config.storageDir)}, writable = true)),
    (name = "internet", network = (allow = ["public", "private"], tlsOptions = (trustBrowserCas = true))),
  ],
  sockets = [(
    name = "broker",
    http = (injectRequestHeaders = [(name = "CF-Connecting-IP", value = "127.0.0.1")]),
    service = "broker",
  )],
);

const broker :Workerd.Worker = (
  modules = [(name = "index.js", esModule = embed ${capnpText(config.moduleName)})],
  compatibilityDate = ${capnpText(COMPATIBILITY_DATE)},
  bindings = [${list(bindings)}],
  durableObjectNamespaces = [${list(namespaces)}],
${objects.length === 0 ? '' : '  durableObjectStorage = (localDisk = "storage"),\n'});
`
}

function list(items: readonly string[]): string {
  return items.map((item) => `\n    ${item},`).join('')
}
