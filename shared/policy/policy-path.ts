/** Which files of a folder are a policy's, wherever the folder is read from: every `*.yaml` and `*.yml`, and nothing in or under a name that begins with a dot. */

const POLICY_FILE = /\.ya?ml$/
const HIDDEN = /(?:^|\/)\./

/** `path` is relative to the policy's folder, with `/` between its parts. */
export function isPolicyPath(path: string): boolean {
  return POLICY_FILE.test(path) && !HIDDEN.test(path)
}
