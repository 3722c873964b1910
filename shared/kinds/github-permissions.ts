/**
 * The permissions an installation token of a GitHub App can carry, and the levels each has: the closed catalogue a policy is checked against.
 * It is GitHub's own published description (`app-permissions`), and a test holds the two together; it must never be guessed at.
 */

/** From weakest to strongest; each holds those before it. */
export const PERMISSION_LEVELS = ['read', 'write', 'admin'] as const

export type PermissionLevel = (typeof PERMISSION_LEVELS)[number]

type Levels = readonly [PermissionLevel, ...PermissionLevel[]]

const READ: Levels = ['read']
const WRITE: Levels = ['write']
const READ_WRITE: Levels = ['read', 'write']
const READ_WRITE_ADMIN: Levels = ['read', 'write', 'admin']

/** Of a repository. */
const REPOSITORY_PERMISSIONS: Readonly<Record<string, Levels>> = {
  actions: READ_WRITE,
  administration: READ_WRITE,
  artifact_metadata: READ_WRITE,
  attestations: READ_WRITE,
  checks: READ_WRITE,
  code_quality: READ_WRITE,
  codespaces: READ_WRITE,
  contents: READ_WRITE,
  dependabot_secrets: READ_WRITE,
  deployments: READ_WRITE,
  discussions: READ_WRITE,
  environments: READ_WRITE,
  issues: READ_WRITE,
  merge_queues: READ_WRITE,
  metadata: READ_WRITE,
  packages: READ_WRITE,
  pages: READ_WRITE,
  pull_requests: READ_WRITE,
  repository_custom_properties: READ_WRITE,
  repository_hooks: READ_WRITE,
  repository_projects: READ_WRITE_ADMIN,
  secret_scanning_alerts: READ_WRITE,
  secrets: READ_WRITE,
  security_events: READ_WRITE,
  single_file: READ_WRITE,
  statuses: READ_WRITE,
  vulnerability_alerts: READ_WRITE,
  workflows: WRITE,
}

/** Of an organisation or enterprise. */
const ORGANIZATION_PERMISSIONS: Readonly<Record<string, Levels>> = {
  custom_properties_for_organizations: READ_WRITE,
  enterprise_custom_properties_for_organizations: READ_WRITE_ADMIN,
  members: READ_WRITE,
  organization_administration: READ_WRITE,
  organization_announcement_banners: READ_WRITE,
  organization_copilot_agent_settings: READ_WRITE,
  organization_copilot_seat_management: READ_WRITE,
  organization_custom_org_roles: READ_WRITE,
  organization_custom_properties: READ_WRITE_ADMIN,
  organization_custom_roles: READ_WRITE,
  organization_events: READ,
  organization_hooks: READ_WRITE,
  organization_packages: READ_WRITE,
  organization_personal_access_token_requests: READ_WRITE,
  organization_personal_access_tokens: READ_WRITE,
  organization_plan: READ,
  organization_projects: READ_WRITE_ADMIN,
  organization_secrets: READ_WRITE,
  organization_self_hosted_runners: READ_WRITE,
  organization_user_blocking: READ_WRITE,
}

/** Of a user account. */
const ACCOUNT_PERMISSIONS: Readonly<Record<string, Levels>> = {
  email_addresses: READ_WRITE,
  followers: READ_WRITE,
  git_ssh_keys: READ_WRITE,
  gpg_keys: READ_WRITE,
  interaction_limits: READ_WRITE,
  profile: WRITE,
  starring: READ_WRITE,
}

/** Every permission by name, with the levels that exist for it. */
export const GITHUB_PERMISSIONS: Readonly<Record<string, Levels>> = {
  ...REPOSITORY_PERMISSIONS,
  ...ORGANIZATION_PERMISSIONS,
  ...ACCOUNT_PERMISSIONS,
}

/** True when `level` gives nothing beyond `limit`. */
export function isWithinLevel(level: PermissionLevel, limit: PermissionLevel): boolean {
  return PERMISSION_LEVELS.indexOf(level) <= PERMISSION_LEVELS.indexOf(limit)
}
