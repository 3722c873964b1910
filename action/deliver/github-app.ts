/** Delivers an installation token: as output `token`, and under the two names that git tooling and the GitHub command line read. Writes no file. */
import { githubApp } from '../../shared/kinds/github-app.ts'
import { deliveryOf, tokenHalf } from './deliver.ts'

export const githubAppDelivery = deliveryOf(githubApp, tokenHalf(['GITHUB_TOKEN', 'GH_TOKEN']))
