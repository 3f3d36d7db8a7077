import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { hashPassword, isPassword } from './passwords.ts'

suite('Somebody who chose a password', () => {
  test('is known by it, however their keyboard writes an accent', async () => {
    const hash = await hashPassword('caf\u00e9 with three chairs')
    assert.match(hash, /^\$argon2id\$v=19\$m=19456,t=2,p=1\$[A-Za-z0-9+/]{22}\$[A-Za-z0-9+/]{43}$/)
    assert.equal(await isPassword(hash, 'caf\u00e9 with three chairs'), true)
    assert.equal(await isPassword(hash, 'cafe\u0301 with three chairs'), true)
  })

  test('is not known by another, nor by an empty one', async () => {
    const hash = await hashPassword('three chairs')
    assert.equal(await isPassword(hash, 'three chair'), false)
    assert.equal(await isPassword(hash, ''), false)
  })

  test('has another hash than a colleague with the same password', async () => {
    assert.notEqual(await hashPassword('three chairs'), await hashPassword('three chairs'))
  })

  test('cannot be told from somebody who has none by how long the answer takes', async () => {
    const hash = await hashPassword('three chairs')
    const timeOf = async (known: string | undefined) => {
      const started = performance.now()
      for (let n = 0; n < 8; n += 1) assert.equal(await isPassword(known, 'wrong'), false)
      return performance.now() - started
    }
    await timeOf(hash)
    const [known, unknown, broken] = [await timeOf(hash), await timeOf(undefined), await timeOf('$argon2id$nonsense')]
    assert.ok(unknown > known / 3 && unknown < known * 3, `${unknown} ms against ${known} ms`)
    assert.ok(broken > known / 3, `${broken} ms against ${known} ms`)
  })
})
