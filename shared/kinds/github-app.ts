/**
 * The kind `github-app`: an installation token of a GitHub App, for named repositories and permissions.
 * GitHub fixes its life at one hour, so a shorter one is kept by the broker. A scope never leaves repositories or permissions out:
 * GitHub reads a missing or empty list as everything the installation has.
 */
import * as z from 'zod'
import { foldAscii } from '../platforms/platform.ts'
import type { Result } from '../result.ts'
import { err, ok } from '../result.ts'
import type { SecretReference } from './connection-parts.ts'
import { apiUrl, secretReference } from './connection-parts.ts'
import type { PermissionLevel } from './github-permissions.ts'
import { GITHUB_PERMISSIONS, isWithinLevel } from './github-permissions.ts'
import { combineComparisons, compareSets, comparisonOf, firstOutside } from './inclusion.ts'
import type { Kind, ScopeComparison, ScopeExceeded } from './kind.ts'

export interface GithubAppConnection {
  readonly app_id: string
  /** The organisation or user the App is installed on. */
  readonly account: string
  /** Saves the look-up of the installation, and pins it: a re-registered account name is another installation. */
  readonly installation_id?: string
  readonly private_key: SecretReference
  /** Repository name → its id: pins what a scope names, so that a re-registered name is another repository and a rename is followed. */
  readonly repository_ids?: Readonly<Record<string, string>>
  /** Default: github.com's. */
  readonly api_url?: string
}

/** Names without owner, or all repositories of the installation. */
type Repositories = 'all' | readonly string[]

export type Permissions = Readonly<Record<string, PermissionLevel>>

export interface GithubAppScope {
  readonly repositories: Repositories
  readonly permissions: Permissions
}

export interface GithubAppAsked {
  readonly repositories?: Repositories
  readonly permissions?: Permissions
}

export interface GithubAppCredential {
  readonly token: string
}

/** GitHub refuses a mint that names more. */
const MAX_REPOSITORIES = 500

const id = z.string().regex(/^[1-9][0-9]{0,18}$/, 'a quoted id of digits, such as "12345"')
const account = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9_-]{0,99}$/, 'the login of an organisation or user')
const repositoryName = z.string().regex(/^(?!\.{1,2}$)[A-Za-z0-9._-]{1,100}$/, "a repository's name without its owner, with no wildcard")

const repositories: z.ZodType<Repositories> = z.union(
  [
    z.literal('all'),
    z
      .array(repositoryName)
      .min(1, 'at least one repository: an empty list would mean all of them')
      .max(MAX_REPOSITORIES, `at most ${MAX_REPOSITORIES} repositories`)
      .refine(areDistinct, 'each repository once'),
  ],
  { error: '"all" or a list of repository names without owner' },
)

/** Ids go to GitHub as numbers. */
const repositoryId = id.refine((text) => Number.isSafeInteger(Number(text)), 'an id of at most 16 digits')

const repositoryIds: z.ZodType<Readonly<Record<string, string>>> = z
  .record(repositoryName, repositoryId)
  .refine((given) => Object.keys(given).length > 0, 'at least one repository with its id')
  .refine(
    (given) => areDistinct(Object.keys(given).map(foldAscii)) && areDistinct(Object.values(given)),
    'each repository and each id once',
  )

function areDistinct(texts: readonly string[]): boolean {
  return new Set(texts).size === texts.length
}

const permissionShape = Object.fromEntries(
  Object.entries(GITHUB_PERMISSIONS).map(([name, levels]) => [name, z.enum(levels).exactOptional()]),
)

const permissions: z.ZodType<Permissions> = z
  .strictObject(permissionShape)
  .refine((given) => Object.keys(given).length > 0, 'at least one permission: an empty list would mean all of them')

const connection: z.ZodType<GithubAppConnection> = z.strictObject({
  app_id: id.describe('The id of the GitHub App.'),
  account: account.describe('The organisation or user it is installed for.'),
  installation_id: id.describe('The id of that installation; looked up when it is missing.').exactOptional(),
  private_key: secretReference.describe('The private key of the app.'),
  repository_ids: repositoryIds
    .describe('Ids of repositories that scopes name, so that another one under the same name is never meant.')
    .exactOptional(),
  api_url: apiUrl.exactOptional(),
})

const asked: z.ZodType<GithubAppAsked> = z
  .strictObject({ repositories: repositories.exactOptional(), permissions: permissions.exactOptional() })
  .refine((given) => Object.keys(given).length > 0, 'repositories or permissions')

/** The only level of a permission the other side gave, by name; own members alone, so `constructor` is no permission. */
function levelOf(given: Permissions, name: string): PermissionLevel | undefined {
  return Object.hasOwn(given, name) ? given[name] : undefined
}

/** True when `level` of `name` gives nothing that `limit` does not. */
export function isPermissionWithin(limit: Permissions, name: string, level: PermissionLevel): boolean {
  const most = levelOf(limit, name)
  return most !== undefined && isWithinLevel(level, most)
}

function narrowRepositories(scope: Repositories, wanted: Repositories): Result<Repositories, ScopeExceeded> {
  if (scope === 'all') return ok(wanted)
  if (wanted === 'all') return err({ field: 'repositories', asked: 'all' })
  const beyond = firstOutside(wanted, scope)
  return beyond === undefined ? ok(wanted) : err({ field: 'repositories', asked: beyond })
}

function narrowPermissions(scope: Permissions, wanted: Permissions): Result<Permissions, ScopeExceeded> {
  for (const [name, level] of Object.entries(wanted)) {
    if (!isPermissionWithin(scope, name, level)) return err({ field: `permissions.${name}`, asked: level })
  }
  return ok(wanted)
}

function narrow(scope: GithubAppScope, wanted: GithubAppAsked): Result<GithubAppScope, ScopeExceeded> {
  const names = narrowRepositories(scope.repositories, wanted.repositories ?? scope.repositories)
  if (!names.ok) return names
  const levels = narrowPermissions(scope.permissions, wanted.permissions ?? scope.permissions)
  if (!levels.ok) return levels
  return ok({ repositories: names.value, permissions: levels.value })
}

function compareRepositories(base: Repositories, head: Repositories): ScopeComparison {
  if (base !== 'all' && head !== 'all') return compareSets(base, head)
  return comparisonOf(base === 'all', head === 'all')
}

function holds(limit: Permissions, given: Permissions): boolean {
  return Object.entries(given).every(([name, level]) => isPermissionWithin(limit, name, level))
}

/** How the scope `head` relates to the scope `base`. */
function compare(base: GithubAppScope, head: GithubAppScope): ScopeComparison {
  return combineComparisons([
    compareRepositories(base.repositories, head.repositories),
    comparisonOf(holds(base.permissions, head.permissions), holds(head.permissions, base.permissions)),
  ])
}

function summary(scope: GithubAppScope): string {
  const levels = Object.entries(scope.permissions).map(([name, level]) => `${name}: ${level}`)
  const where = scope.repositories === 'all' ? 'all repositories' : scope.repositories.join(', ')
  return `${levels.join(', ')} on ${where}`
}

export const githubApp = {
  name: 'github-app',
  tokenType: 'urn:ietf:params:oauth:token-type:access_token',
  bearer: 'Bearer',
  connection,
  scope: z.strictObject({
    repositories: repositories.describe('Which repositories it reaches.'),
    permissions: permissions.describe('What it may do there, by permission of GitHub and level.'),
  }),
  asked,
  credential: z.strictObject({ token: z.string().min(1) }),
  secrets: ['token'],
  lifetime: { min: 1, max: 3600, enforced: 'broker' },
  revocation: 'broker',
  minted: 'upstream',
  holderKey: false,
  encode: (credential) => credential.token,
  narrow,
  compare,
  summary,
  secretNames: (given) => [given.private_key.secret],
} as const satisfies Kind<'github-app', GithubAppConnection, GithubAppScope, GithubAppAsked, GithubAppCredential, 'broker'>
