import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createSecretFile, readSecretFile } from './secret-file.ts'
import { createSealIdentity, openSecret, recipientOf, sealSecret } from './seal.ts'

describe('a sealed secret', () => {
  it('opens for its reader and for nobody else', async () => {
    const identity = await createSealIdentity()
    const sealed = await sealSecret({ community: 'hemmelig' }, await recipientOf(identity))
    expect(await openSecret(sealed, identity)).toEqual({ community: 'hemmelig' })
    await expect(openSecret(sealed, await createSealIdentity())).rejects.toMatchObject({
      code: 'secret.unreadable',
    })
  })

  it('is refused when it was changed on the way', async () => {
    const identity = await createSealIdentity()
    const octets = Buffer.from(await sealSecret('x', await recipientOf(identity)), 'base64')
    octets[octets.length - 1] = (octets.at(-1) ?? 0) ^ 1
    await expect(openSecret(octets.toString('base64'), identity)).rejects.toMatchObject({
      code: 'secret.unreadable',
    })
  })

  it('does not show in what is sent', async () => {
    const sealed = await sealSecret({ community: 'hemmelig' }, await recipientOf(await createSealIdentity()))
    expect(Buffer.from(sealed, 'base64').includes('hemmelig')).toBe(false)
  })
})

describe('a file with a secret', () => {
  let directory: string
  beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), 'ophav-secret-'))
  })
  afterEach(() => rmSync(directory, { recursive: true }))

  it.skipIf(process.platform === 'win32')('is readable by its owner alone', () => {
    createSecretFile(join(directory, 'deep', 'key'), 'secret')
    expect(statSync(join(directory, 'deep', 'key')).mode & 0o777).toBe(0o600)
    expect(statSync(join(directory, 'deep')).mode & 0o777).toBe(0o700)
  })

  it('is never overwritten, and the loser of a race gets the winner’s text', () => {
    const path = join(directory, 'key')
    expect(createSecretFile(path, 'first')).toBe('first')
    expect(createSecretFile(path, 'second')).toBe('first')
    expect(readSecretFile(path)).toBe('first')
    expect(readdirSync(directory)).toEqual(['key'])
  })

  it('reads as null when it is absent', () => expect(readSecretFile(join(directory, 'none'))).toBeNull())
})
