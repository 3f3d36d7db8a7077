import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'

const folder = import.meta.dirname.replace(/([\\/])dist([\\/]src[\\/]web)$/, '$2').replace(/([\\/])dist([\\/])/, '$1')
const sheet = readFileSync(join(folder, 'holdfast.scss'), 'utf8')
const palette = new Map([...sheet.matchAll(/^\$(\w[\w-]*): (#[0-9a-f]{3,6});/gm)].map(([, name = '', hex = '']) => [name, hex]))
const named = new Map(
  [...sheet.matchAll(/^ {4}([\w-]+): (#[0-9a-f]{6}|\$\w+),?$/gm)].map(([, name = '', value = '']) => [name, value]),
)

function hexOf(value: string): string {
  if (value.startsWith('$muted')) return hexOf(named.get('secondary-text') ?? '')
  const hex = value.startsWith('$') ? palette.get(value.slice(1)) : value
  if (!hex?.startsWith('#')) throw new Error(`unknown colour ${value}`)
  return hex.length === 4 ? [...hex].map((digit, index) => (index === 0 ? digit : digit + digit)).join('') : hex
}

/** Relative luminance, as WCAG 2.2 defines it. */
function luminance(hex: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map(start => {
    const share = Number.parseInt(hex.slice(start, start + 2), 16) / 255
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4
  })
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue
}

function contrast(one: string, other: string): number {
  const [light = 0, dark = 0] = [luminance(hexOf(one)), luminance(hexOf(other))].sort((a, b) => b - a)
  return (light + 0.05) / (dark + 0.05)
}

test('Somebody with weak sight can read text and links on every ground of a page', () => {
  const texts = ['text', 'secondary-text', 'error', 'success', 'link', 'link-hover', 'link-visited', 'link-active', 'brand']
  for (const text of texts) {
    for (const ground of ['$white', '$mist']) {
      const ratio = contrast(named.get(text) ?? '', ground)
      assert.ok(ratio >= 4.5, `${text} on ${ground} is ${ratio.toFixed(2)} to 1`)
    }
  }
})

test('Somebody with weak sight can read every text of ours that has a ground of its own', () => {
  const pairs = [...sheet.matchAll(/\n( *)background: ([$#]\w+);\n\1color: ([$#]\w+);/g)]
  assert.ok(pairs.length >= 8)
  for (const [, , ground = '', text = ''] of pairs) {
    const ratio = contrast(ground, text)
    assert.ok(ratio >= 4.5, `${text} on ${ground} is ${ratio.toFixed(2)} to 1`)
  }
  assert.ok(contrast('#ffffff', '$deep-teal') >= 4.5, 'the header')
  assert.ok(contrast('#ffffff', '$teal') >= 4.5, 'buttons')
})
