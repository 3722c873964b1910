/** The registry of CI platforms: the one list that names them all. */
import { github } from './github.ts'
import type { Platform } from './platform.ts'

export const PLATFORM_NAMES = ['github'] as const

export type PlatformName = (typeof PLATFORM_NAMES)[number]

export const platforms: Readonly<Record<PlatformName, Platform>> = { github }
