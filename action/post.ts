/**
 * The end of the job: removes the step's files, sets the environment back, gives the lease back. Each of these happens whatever became of
 * the others, and nothing here ever fails the job: the broker ends the credential at its lifetime in any case.
 */
import { returnLease } from './broker.ts'
import { restoreVariables } from './environment.ts'
import { removeJobFiles } from './job-files.ts'
import { messageFor } from './messages.ts'
import { info, readInput, readState, warn } from './runner.ts'
import { nameOf, runStep } from './step.ts'
import { realPace } from './tries.ts'

await runStep(post, warn)

async function post(): Promise<void> {
  restoreEnvironment()
  removeFiles()
  await giveBack()
}

function restoreEnvironment(): void {
  const names = readState('variables')
  if (names === '') return
  const complete = restoreVariables(names, readState('directory'))
  if (!complete)
    warn({
      title: 'Jobpass: the environment was emptied',
      text: `What ${names} held before is not known any more; the variables are empty now.`,
    })
}

function removeFiles(): void {
  const directory = readState('directory')
  if (directory === '') return
  try {
    removeJobFiles(directory)
  } catch (thrown) {
    warn({
      title: 'Jobpass: files are left',
      text: `${directory} could not be removed (${nameOf(thrown)}). Remove it if the runner is used again.`,
    })
  }
}

async function giveBack(): Promise<void> {
  const lease = readState('lease')
  if (lease === '') return
  const broker = readState('broker')
  const returned = await returnLease({ broker, audience: readState('audience'), lease }, realPace)
  if (returned.ok) return info(`Gave lease ${lease} back.`)
  const { text } = messageFor(returned.error, { broker, grant: readInput('grant') })
  warn({ title: 'Jobpass: a lease was not given back', text: `The broker ends lease ${lease} at its lifetime.\n${text}` })
}
