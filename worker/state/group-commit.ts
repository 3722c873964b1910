/**
 * Group commit with a leader and without a timer: what arrives while one commit is under way shares the next, so a busy object commits less often and a quiet one
 * waits for nothing. A group is one synchronous transaction. One that throws is done again one by one, so an ask that cannot be written fails alone.
 * No answer leaves before what it says is durable.
 */

export interface Commit<Ask, Outcome> {
  /** Writes a group in one transaction: an outcome for each ask, in order. A throw means that nothing of the group was written. */
  readonly write: (asks: readonly Ask[]) => readonly Outcome[]
  /** Settles when all that was written is durable. Called in the same turn as `write`, so what it writes is of the same commit. */
  readonly durable: () => Promise<void>
}

interface Waiting<Ask, Outcome> {
  readonly ask: Ask
  readonly resolve: (outcome: Outcome) => void
  readonly reject: (fault: unknown) => void
}

export function groupCommit<Ask, Outcome>({ write, durable }: Commit<Ask, Outcome>): (ask: Ask) => Promise<Outcome> {
  let waiting: Waiting<Ask, Outcome>[] = []
  let isLed = false

  async function lead(): Promise<void> {
    isLed = true
    while (waiting.length > 0) {
      const group = waiting
      waiting = []
      await commit(group)
    }
    isLed = false
  }

  async function commit(group: readonly Waiting<Ask, Outcome>[]): Promise<void> {
    try {
      const answers = writeAll(group)
      await durable()
      for (const answer of answers) answer()
    } catch (fault) {
      for (const { reject } of group) reject(fault)
    }
  }

  /** What to tell each asker once the group is durable. */
  function writeAll(group: readonly Waiting<Ask, Outcome>[]): readonly (() => void)[] {
    try {
      const outcomes = write(group.map(({ ask }) => ask))
      return outcomes.map((outcome, index) => () => group[index]?.resolve(outcome))
    } catch (fault) {
      if (group.length > 1) return group.flatMap((one) => writeAll([one]))
      return group.map(
        ({ reject }) =>
          () =>
            reject(fault),
      )
    }
  }

  return (ask) =>
    new Promise((resolve, reject) => {
      waiting.push({ ask, resolve, reject })
      if (!isLed) void lead()
    })
}
