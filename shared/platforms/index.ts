/** The registry of CI platforms: what belongs to each name. */
import { github } from './github.ts'
import { gitlab } from './gitlab.ts'
import type { Platform, PlatformName } from './platform.ts'

export const platforms: Readonly<Record<PlatformName, Platform>> = { github, gitlab }
