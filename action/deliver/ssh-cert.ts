/**
 * Delivers an SSH user certificate: the runner's private key and the certificate as a pair of files that `ssh -i` finds together.
 * It never touches ~/.ssh, known hosts or a running agent.
 */
import { type SshCertCredential, sshCert } from '../../shared/kinds/ssh-cert.ts'
import { parseJson } from '../json-text.ts'
import { type Delivered, deliveryOf, type Place } from './deliver.ts'

const KEY_FILE = 'id_ed25519'
/** ssh looks for the certificate of KEY_FILE under this very name. */
const CERTIFICATE_FILE = `${KEY_FILE}-cert.pub`

export const sshCertDelivery = deliveryOf(sshCert, { read: parseJson, usesHolderKey: true, deliver })

function deliver(credential: SshCertCredential, { files, holderKey }: Place): Delivered {
  const keyPath = files.write(KEY_FILE, holderKey.privateFile.reveal())
  const certificatePath = files.write(CERTIFICATE_FILE, `${credential.certificate.trimEnd()}\n`)
  return {
    outputs: { 'ssh-key-path': keyPath, 'ssh-certificate-path': certificatePath },
    variables: { GIT_SSH_COMMAND: sshCommand(keyPath, certificatePath) },
  }
}

/** Git hands it to a shell, ssh reads an option as a line of its configuration and expands `%` in it: each wants its own quotes. */
export function sshCommand(keyPath: string, certificatePath: string): string {
  const key = forShell(keyPath)
  // `-i` looks for the file before it expands `%`, so it cannot name every path
  const identity = key.includes('%') ? `-o ${option('IdentityFile', key)}` : `-i ${shellQuoted(key)}`
  return `ssh ${identity} -o ${option('CertificateFile', forShell(certificatePath))} -o IdentitiesOnly=yes`
}

function option(name: string, path: string): string {
  const value = path.replaceAll('%', '%%')
  return shellQuoted(`${name}=${/\s/.test(value) ? `"${value}"` : value}`)
}

/** The backslashes of Windows would be lost on the way through the shell. */
function forShell(path: string): string {
  return path.replaceAll('\\', '/')
}

function shellQuoted(text: string): string {
  return /^[A-Za-z0-9_./:=%-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`
}
