/**
 * What every command is given and gives back. A command writes through its `io` and returns its exit code;
 * it never ends the process, and never reads a global that `io` could have told it.
 */
export interface CommandIo {
  /** Results: what a pipe would read. */
  readonly stdout: (text: string) => void
  /** Everything said to the person: usage, problems that kept the command from running, summaries. */
  readonly stderr: (text: string) => void
  /** Relative paths of arguments are meant from here. */
  readonly cwd: string
  /** Standard error is a terminal, so a line may be written over. */
  readonly isTerminal?: boolean
}

/** The exit codes of the contract. Each command uses those its help names. */
export const EXIT = {
  success: 0,
  /** `check`, `compile`: the policy has findings. */
  findings: 1,
  /** `freeze`, `revoke` and what lists: done, but not all of it. */
  partly: 1,
  /** The command could not do its work: bad arguments, an unreadable file. */
  couldNotRun: 2,
  /** `plan`: the change named by `--fail-on` is there. */
  changed: 3,
  /** `explain`, `exchange`: refused. */
  refused: 4,
  /** `ledger verify`: the chain does not hold. */
  broken: 5,
  /** `publish`: nothing is changed before a second person confirms. */
  proposed: 6,
} as const

/** A command: the arguments after its name in, the exit code out. */
export type Command = (args: readonly string[], io: CommandIo) => Promise<number>

/** Says why a command could not do its work; `command` is how it was called, without its options. */
export function cannotRun(io: CommandIo, command: string, lines: readonly string[]): number {
  for (const line of lines) io.stderr(`jobpass ${command}: ${line}\n`)
  return EXIT.couldNotRun
}
