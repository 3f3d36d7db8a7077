import assert from 'node:assert/strict'
import { test } from 'node:test'
import { addressList, isAddressOrNetwork } from './address-list.ts'

test('A list of proxies holds the addresses it names, however a socket writes them, and no neighbour', () => {
  const list = addressList(['10.0.0.5', '10.1.0.0/16', 'fd00::1', 'fd01::/64'])
  for (const address of ['10.0.0.5', '::ffff:10.0.0.5', '10.1.255.255', 'fd00::1', 'fd00:0:0::1', 'fd01::2%eth0'])
    assert.equal(list.has(address), true, address)
  for (const address of ['10.0.0.6', '::ffff:10.0.0.6', '10.2.0.1', 'fd00::2', 'fd01:1::1', '127.0.0.1', 'proxy', '', undefined])
    assert.equal(list.has(address), false, address)
  assert.equal(list.isEmpty, false)
  assert.equal(addressList([]).isEmpty, true)
  assert.equal(addressList([]).has('127.0.0.1'), false)
})

test('An entry is one address or a network, and never everybody', () => {
  assert.deepEqual(['10.0.0.5', '10.0.0.0/24', '::1', 'fd00::/8'].map(isAddressOrNetwork), [true, true, true, true])
  for (const entry of ['', 'proxy', '10.0.0.0/0', '::/0', '10.0.0.5/33', 'fd00::/129', '10.0.0.5/', '10.0.0.5/8/8', '10.0.0'])
    assert.equal(isAddressOrNetwork(entry), false, entry)
})
