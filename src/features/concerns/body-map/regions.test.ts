import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { type BodySide, bodyRegions, bodySides, drawnParts, findRegion, regionAt } from './regions.ts'
import { figure } from './shapes.ts'

/** The same numbers every time, so that a failure can be looked at again. */
function* dice(seed: number): Generator<number, never> {
  let state = seed
  for (;;) {
    state = (state * 1_664_525 + 1_013_904_223) % 4_294_967_296
    yield state / 4_294_967_296
  }
}

function otherHand(id: string): string {
  return id.startsWith('left-') ? id.replace('left-', 'right-') : id.replace('right-', 'left-')
}

/** How far the point is from the nearest corner of anything drawn. */
function distanceFromBody(side: BodySide, x: number, y: number): number {
  const corners = drawnParts(side).flatMap(part => part.shape)
  return Math.min(...corners.map(corner => Math.hypot(corner.across - Math.abs(x - figure.middle), corner.down - y)))
}

describe('the regions of the body map', () => {
  test('a mark put at the middle of a region is in that region', () => {
    for (const side of bodySides) {
      for (const region of bodyRegions[side]) assert.equal(regionAt(side, region.pin.x, region.pin.y)?.id, region.id)
    }
  })

  test('a mark well away from the body is in no region', () => {
    const random = dice(7)
    let tried = 0
    while (tried < 3000) {
      const [x, y] = [random.next().value * 400 - 90, random.next().value * 700 - 100]
      for (const side of bodySides) {
        if (distanceFromBody(side, x, y) < 30) continue
        tried += 1
        assert.equal(regionAt(side, x, y), undefined, `${side} ${x} ${y}`)
      }
    }
    // Between the legs, between arm and trunk, beside the neck.
    for (const [x, y] of [
      [110, 420],
      [110 + 45, 200],
      [110 - 45, 200],
      [110 + 22, 98],
    ] as const) {
      for (const side of bodySides) assert.equal(regionAt(side, x, y), undefined, `${side} ${x} ${y}`)
    }
  })

  test('numbers that are no place at all are in no region', () => {
    for (const [x, y] of [
      [Number.NaN, 50],
      [110, Number.NaN],
      [Number.POSITIVE_INFINITY, 50],
      [110, Number.NEGATIVE_INFINITY],
      [1e308, 1e308],
    ] as const) {
      for (const side of bodySides) assert.equal(regionAt(side, x, y), undefined)
    }
  })

  test("the child's left and right mirror each other, and change sides when the child is seen from behind", () => {
    const random = dice(11)
    for (let n = 0; n < 4000; n += 1) {
      const across = 0.01 + random.next().value * figure.middle
      const y = random.next().value * figure.height
      for (const side of bodySides) {
        const rightward = regionAt(side, figure.middle + across, y)
        const leftward = regionAt(side, figure.middle - across, y)
        assert.equal(leftward?.id, rightward && otherHand(rightward.id))
        const isPair = rightward?.id.match(/^(left|right)-/)
        if (isPair) assert.equal(isPair[1], side === 'front' ? 'left' : 'right')
      }
    }
  })

  test('nothing on the trunk or a limb lies between two regions', () => {
    const lines: readonly (readonly [number, number, number, number])[] = [
      [110, 11, 110, 262],
      [110 + 50, 124, 110 + 86, 315],
      [110 + 20, 230, 110 + 20, 484],
    ]
    for (const side of bodySides) {
      for (const [x1, y1, x2, y2] of lines) {
        for (let t = 0; t <= 1; t += 0.005) {
          const [x, y] = [x1 + (x2 - x1) * t, y1 + (y2 - y1) * t]
          assert.ok(regionAt(side, x, y), `${side} ${x} ${y}`)
        }
      }
    }
  })

  test('body parts have their proper names', () => {
    assert.equal(findRegion('front', 'genitals')?.name, 'Genital area (penis, testicles or vulva)')
    assert.equal(findRegion('back', 'anus')?.name, 'Anal area (between the buttocks)')
    assert.equal(findRegion('back', 'left-buttock')?.name, 'Left buttock')
    assert.equal(findRegion('front', 'right-knee')?.name, 'Right knee')
    assert.equal(findRegion('back', 'right-knee')?.name, 'Back of the right knee')
  })

  test('every region has an id and a name of its own on its side', () => {
    for (const side of bodySides) {
      const regions = bodyRegions[side]
      assert.ok(regions.length >= 33)
      assert.equal(new Set(regions.map(region => region.id)).size, regions.length)
      assert.equal(new Set(regions.map(region => region.name)).size, regions.length)
    }
  })
})
