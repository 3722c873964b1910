/**
 * The reference of the policy language as one page of Markdown: every key of every record, every kind, every attribute of every platform.
 * Made of the definitions that read policies, so it knows what they know; the page in `docs/` is this text, and a test says so.
 */
import { KIND_NAMES, type KindName, kindOf } from '../kinds/index.ts'
import { platforms } from '../platforms/index.ts'
import { type AttributeForm, PLATFORM_NAMES, type Platform, type PlatformName } from '../platforms/platform.ts'
import { formatDuration } from '../units.ts'
import { MAX_PATTERN_LENGTH } from './pattern.ts'
import { KIND_EXAMPLES, SECTION_EXAMPLES } from './reference-example.ts'
import { type KeyRow, rowsOf } from './reference-shape.ts'
import { NAME, SECTIONS, scenarioSchema, settingsSchema, tripwiresSchema } from './schema.ts'

const INTRO = `# Policy reference

Every key a policy can have. It is made of the definitions that read policies (\`jobpass schema --format markdown\`), so it is never behind them.
New here? Read [writing a policy](policy.md) first; this page is for looking things up.

A policy is a folder of YAML files. Each file holds some of these records, and records of all files are one policy:

| key | | |
|---|---|---|
| \`jobpass\` | the version of the language, \`1\`; once in all files | |
| [\`settings\`](#settings) | what holds for every grant | once in all files |
| [\`issuers\`](#issuers) | whose tokens are heard at all | by name |
| [\`workloads\`](#workloads) | who: callers by what they are | by name |
| [\`connections\`](#connections) | how: one upstream each, one root secret each | by name |
| [\`grants\`](#grants) | may: what a job asks for by name | by name |
| [\`guardrails\`](#guardrails) | must never: wins over every rule | by name |
| [\`tripwires\`](#tripwires) | what wakes somebody when it is touched | once in all files |
| [\`scenarios\`](#scenarios) | the policy's own tests | a list |

**Names** match \`${NAME.source}\`. **Durations** are \`90s\`, \`15m\`, \`1h\`, \`30d\`. **Dates** are \`2027-05-01\`. **Ids** are decimal and in quotes.
**Conditions** are attributes of the run, [listed below by platform](#attributes): \`ref: refs/heads/main\`, or a list of which any may fit. ● marks what must be there.
`

const SECTION_NOTES: Readonly<Record<keyof typeof SECTION_EXAMPLES, string>> = {
  settings: 'What holds for every grant. All of it may be left out.',
  issuers: 'Whose tokens are heard at all. Each has a fence: the owners whose jobs it is about.',
  workloads: 'Who may ask. A workload is an identity and nothing else; on which branch it may do what stands in the rules.',
  connections: 'How credentials are made. Besides these keys a connection has [those of its kind](#kinds).',
  grants:
    'What a job asks for by name. A rule needs at least one condition besides its workload; what started the run and on whose machine it runs do not count.',
  guardrails:
    'What must never happen. All attributes of `forbid` must hold, and one that a run does not have never does, so a guardrail on an attribute of one platform says nothing of another.',
  tripwires: 'What wakes somebody: it tells the caller nothing. All of it may be left out. [More](tripwires.md).',
  scenarios:
    "The policy's own tests. What a scenario leaves unsaid follows from its workload; an empty text says that the run has nothing there.",
}

const SECTION_ROWS: Readonly<Record<keyof typeof SECTION_EXAMPLES, readonly KeyRow[]>> = {
  settings: rowsOf(settingsSchema),
  issuers: rowsOf(SECTIONS.issuers),
  workloads: rowsOf(SECTIONS.workloads),
  connections: rowsOf(SECTIONS.connections),
  grants: rowsOf(SECTIONS.grants),
  guardrails: rowsOf(SECTIONS.guardrails),
  tripwires: rowsOf(tripwiresSchema),
  scenarios: rowsOf(scenarioSchema),
}

const KIND_LIST = KIND_NAMES.map((name) => `[\`${name}\`](#kind-${name})`).join(', ')

/** Forms that another part of the page says in full. */
const TOLD_ELSEWHERE: Readonly<Record<string, string>> = {
  'workloads.is': '[conditions](#attributes)',
  'issuers.url': 'an https URL',
  'workloads.issuer': 'the name of an issuer',
  'connections.kind': KIND_LIST,
  'grants.connection': 'the name of a connection',
  'grants.scope': 'a mapping, [by kind](#kinds)',
  'grants.allow': 'a list of rules',
  'grants.allow[].workload': 'the name of a workload',
  'guardrails.forbid': '[conditions](#attributes)',
  'scenarios.ask': 'the name of a grant',
  'scenarios.as': 'a mapping: `workload` and facts',
  'scenarios.as.workload': 'the name of a workload',
}

export function policyReference(): string {
  const sections = SECTION_NAMES.map((name) => sectionText(name))
  return [INTRO, ...sections, KINDS_INTRO, ...KIND_NAMES.map(kindText), attributesIntro(), ...PLATFORM_NAMES.map(platformText)].join('\n')
}

const SECTION_NAMES = ['settings', 'issuers', 'workloads', 'connections', 'grants', 'guardrails', 'tripwires', 'scenarios'] as const

function sectionText(name: (typeof SECTION_NAMES)[number]): string {
  const rows = SECTION_ROWS[name].map((row) => ({ ...row, form: TOLD_ELSEWHERE[`${name}.${row.key}`] ?? row.form }))
  return `## \`${name}\`

${SECTION_NOTES[name]}

${keyTable(rows)}
\`\`\`yaml example
${SECTION_EXAMPLES[name]}\`\`\`
`
}

function keyTable(rows: readonly KeyRow[]): string {
  const lines = rows.map(({ key, isRequired, meaning, form, default: usual }) => {
    const without = usual === '' ? '' : ` Default: \`${usual}\`.`
    return `| \`${key}\` | ${isRequired ? '● ' : ''}| ${cell(meaning)}${without} | ${cell(form)} |\n`
  })
  const long = rows.filter(({ keys }) => keys.length > 0)
  const lists = long.map(({ key, keys }) => `\nKeys of \`${key}\`: ${keys.map((name) => `\`${name}\``).join(', ')}.\n`)
  return `| key | | what it means | how it is written |\n|---|---|---|---|\n${lines.join('')}${lists.join('')}`
}

/** A pipe would end the cell. */
function cell(text: string): string {
  return text.replaceAll('|', '\\|')
}

const KINDS_INTRO = `## Kinds

A kind is a sort of credential. Each has keys of its own in a connection, and a form of scope. Every kind has [a page](kinds/) that says how to set it up.
`

function kindText(name: KindName): string {
  const { lifetime, revocation, minted, connection, scope } = kindOf(name)
  const made = minted === 'broker' ? 'Made by the broker with its own keys' : 'Made by its upstream'
  const ended = revocation === 'broker' ? 'it can be ended before its time' : 'it lives to its end'
  const example = KIND_EXAMPLES[name]
  return `### Kind \`${name}\`

${made}. Lives at most ${formatDuration(lifetime.max)}; ${ended}. [More](kinds/${name}.md).

In the connection:

${keyTable(rowsOf(connection))}
In the scope of a grant:

${keyTable(rowsOf(scope))}
\`\`\`yaml ${name} connection
${example.connection}\`\`\`

\`\`\`yaml ${name} scope
${example.scope}\`\`\`
`
}

function attributesIntro(): string {
  return `## Attributes

What a workload, a rule, a guardrail and a scenario can say of a run. A condition holds when the run has the attribute and any of the patterns fits; a missing one never fits.

- **exact**: compared letter by letter. A \`*\` is an error.
- **pattern**: \`*\` stands for one or more characters other than \`/\`, \`**\` for one or more of any sort. At most ${MAX_PATTERN_LENGTH} characters, no space around it, never wildcards alone.
- **case ignored**: \`Acme\` and \`acme\` are one, because the platform itself takes them for one.
- **id**: decimal, in quotes. **true/false**: bare or quoted. Where only some words are possible, they are listed.
`
}

const TITLES: Readonly<Record<PlatformName, string>> = { github: 'GitHub Actions', gitlab: 'GitLab CI/CD' }

function platformText(name: PlatformName): string {
  const platform = platforms[name]
  const { roles } = platform
  const defaults = [...platform.ruleDefaults].map(
    ([attribute, values]) => `\`${attribute}\` is ${values.map((value) => `\`${value}\``).join(', ')}`,
  )
  const never = [...platform.neverConditions].map(([attribute, why]) => `- \`${attribute}\`: ${why}\n`)
  const families = name === 'github' ? familyRow(platform) : ''
  return `### Platform \`${name}\`: ${TITLES[name]}

The fence is made of \`${roles.ownerId}\`; a workload is pinned by \`${roles.repositoryId}\`. Unless a rule or its workload states them, ${defaults.join(' and ')}.
[More](platforms/${name}.md).

| attribute | how it is compared | what it is |
|---|---|---|
${platform.attributeNames.map((attribute) => attributeRow(attribute, platform.attribute(attribute))).join('')}${families}
Never a condition:

${never.join('')}`
}

function attributeRow(name: string, form: AttributeForm | undefined): string {
  return form === undefined ? '' : `| \`${name}\` | ${comparison(form)} | ${cell(sentence(form))} |\n`
}

function familyRow(platform: Platform): string {
  const form = platform.attribute('repo_property_x')
  return form === undefined ? '' : attributeRow('repo_property_*', form)
}

function comparison({ match, form, foldCase }: AttributeForm): string {
  const how = form === 'id' ? 'id' : form === 'boolean' ? 'true/false' : match
  return foldCase === true ? `${how}, case ignored` : how
}

/** Long lists of words are for the platform's own page. */
const MAX_LISTED_VALUES = 6

function sentence({ about, values = [], literalOwner, prefix }: AttributeForm): string {
  const listed = values.map((value) => `\`${value}\``).join(', ')
  const words = values.length === 0 ? '' : values.length > MAX_LISTED_VALUES ? `. One of ${values.length}: ${listed}` : `: ${listed}`
  const owner = {
    first: '. A pattern needs its owner written out: `acme/*`',
    last: '. A pattern stands for the last part alone: `acme/web/*`',
  }
  const start = prefix === undefined ? '' : `. Written in full, from \`${prefix}\``
  return `${about}${words}${literalOwner === undefined ? '' : owner[literalOwner]}${start}`
}
