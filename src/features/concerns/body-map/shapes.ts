/**
 * The outline of a child, drawn for this product: half a figure, which the other half mirrors. `across` is the distance from
 * the middle line, `down` from the top. Neighbouring parts share their edges, so that nothing on the body lies between two.
 */
export interface HalfPoint {
  readonly across: number
  readonly down: number
}

/** A closed outline; the first and last point of a part in the middle lie on the middle line. */
export type HalfShape = readonly HalfPoint[]

export const figure = { width: 220, height: 494, middle: 110 } as const

function at(across: number, down: number): HalfPoint {
  return { across: Math.round(across * 10) / 10, down: Math.round(down * 10) / 10 }
}

function points(...numbers: readonly number[]): HalfShape {
  return numbers.flatMap((across, index) => (index % 2 === 0 ? [at(across, numbers[index + 1] ?? 0)] : []))
}

function ellipse(across: number, down: number, halfWidth: number, halfHeight: number): HalfShape {
  return Array.from({ length: 12 }, (_, index) => {
    const angle = (index / 12) * 2 * Math.PI
    return at(across + halfWidth * Math.cos(angle), down + halfHeight * Math.sin(angle))
  })
}

/** One place along a line, with its value there. */
type Stop = readonly [down: number, value: number]

/** A soft curve through the stops (Catmull-Rom), read at one height. */
function curve(stops: readonly Stop[], down: number): number {
  const index = Math.max(
    0,
    stops.findLastIndex(([from]) => from <= down),
  )
  const [before, from, to, after] = [stops[index - 1] ?? stops[index], stops[index], stops[index + 1], stops[index + 2]]
  if (!from || !before) return 0
  if (!to) return from[1]
  const t = (down - from[0]) / (to[0] - from[0])
  const [p0, p1, p2, p3] = [before[1], from[1], to[1], (after ?? to)[1]]
  return p1 + 0.5 * t * (p2 - p0 + t * (2 * p0 - 5 * p1 + 4 * p2 - p3 + t * (3 * (p1 - p2) + p3 - p0)))
}

/** The heights at which a curve between two heights is drawn. */
function heights(from: number, to: number): number[] {
  const steps = Math.max(1, Math.round((to - from) / 8))
  return Array.from({ length: steps + 1 }, (_, index) => from + ((to - from) * index) / steps)
}

/** The part of the body between two heights, from an inner to an outer edge. */
function band(from: number, to: number, inner: (down: number) => number, outer: (down: number) => number): HalfShape {
  const rows = heights(from, to)
  return [...rows.map(down => at(outer(down), down)), ...rows.toReversed().map(down => at(inner(down), down))]
}

const always = (value: number) => () => value
const skull = { middle: 50, halfWidth: 33, halfHeight: 40 }

/** The edge of the head between two heights, from the upper to the lower, in even steps around it. */
function headEdge(from: number, to: number): HalfShape {
  const angleAt = (down: number) => Math.acos((skull.middle - down) / skull.halfHeight)
  const [start, end] = [angleAt(from), angleAt(to)]
  const steps = Math.max(2, Math.ceil((end - start) / 0.2))
  return Array.from({ length: steps + 1 }, (_, index) => {
    const angle = start + ((end - start) * index) / steps
    return at(skull.halfWidth * Math.sin(angle), skull.middle - skull.halfHeight * Math.cos(angle))
  })
}

function headBand(from: number, to: number): HalfShape {
  return [at(0, from), ...headEdge(from, to), at(0, to)]
}

const side: readonly Stop[] = [
  [140, 36],
  [160, 36],
  [180, 34.5],
  [200, 33],
  [216, 33.5],
  [232, 37],
  [250, 39],
]
const torso = (down: number) => curve(side, down)
const legOuter: readonly Stop[] = [
  [250, 39],
  [290, 37.5],
  [336, 33],
  [350, 32.5],
  [364, 31.5],
  [390, 33],
  [420, 29],
  [440, 27],
  [456, 27],
]
const legInner: readonly Stop[] = [
  [266, 1.5],
  [300, 4],
  [336, 7],
  [350, 7.5],
  [364, 8],
  [390, 8.5],
  [420, 11],
  [440, 12],
  [456, 12],
]
const outerLeg = (down: number) => curve(legOuter, down)
const innerLeg = (down: number) => curve(legInner, down)
// The arm hangs a little away from the body, so that each has its own edge.
const armOuter: readonly Stop[] = [
  [132, 60],
  [150, 66],
  [180, 73],
  [192, 75.5],
  [204, 78],
  [230, 83],
  [252, 86],
  [264, 88],
]
const armInner: readonly Stop[] = [
  [132, 38],
  [150, 44],
  [180, 52],
  [192, 55],
  [204, 57.5],
  [230, 64],
  [252, 70],
  [264, 72.5],
]
const outerArm = (down: number) => curve(armOuter, down)
const innerArm = (down: number) => curve(armInner, down)

const shoulder = points(13, 104, 24, 108, 38, 112, 48, 116, 55, 122, 60, 132, 38, 132, 30, 126, 20, 118, 13, 112)
const breastTo = 178
const waistTo = 226

function upperTrunk(): HalfShape {
  const rows = heights(140, breastTo)
  return [
    ...points(0, 112, 13, 112, 20, 118, 30, 126, 38, 132, 37, 136),
    ...rows.map(down => at(torso(down), down)),
    at(0, breastTo),
  ]
}

/** The shapes of both views, by the plain part that they show. */
export const shapes = {
  ear: ellipse(34, 53, 4.5, 9),
  crown: headBand(10, 24),
  forehead: headBand(24, 40),
  eye: ellipse(13.5, 48, 6.5, 4.5),
  temple: [...points(0, 40), ...headEdge(40, 56), ...points(0, 56)],
  nose: points(0, 50, 2.5, 51, 3.5, 57, 6, 62, 5, 65, 2, 66, 0, 66),
  mouth: points(0, 69, 4, 69.5, 8, 71, 10, 73, 8, 75, 4, 77, 0, 77.5),
  chin: headBand(79, 90),
  cheek: [...points(0, 56), ...headEdge(56, 79), ...points(0, 79)],
  backOfHead: headBand(10, 90),
  neck: points(0, 90, 8, 88.7, 13, 86.5, 12.5, 96, 13, 104, 13, 112, 0, 112),
  shoulder,
  upperTrunk: upperTrunk(),
  lowerTrunk: band(breastTo, waistTo, always(0), torso),
  upperArm: band(132, 180, innerArm, outerArm),
  elbow: band(180, 204, innerArm, outerArm),
  forearm: band(204, 252, innerArm, outerArm),
  wrist: band(252, 264, innerArm, outerArm),
  hand: points(88, 264, 94, 270, 97, 280, 97, 292, 77, 292, 74, 282, 70, 284, 67.5, 279, 71, 268, 72.5, 264),
  fingers: points(97, 292, 97.5, 304, 96, 314, 92.5, 318, 88, 319, 83, 316, 79.5, 310, 77, 292),
  groin: points(0, 240, 15, 240, 1.5, 266, 0, 266),
  hip: [...points(0, waistTo), ...heights(waistTo, 250).map(down => at(torso(down), down)), ...points(9.2, 250, 15, 240, 0, 240)],
  thigh: [
    ...heights(250, 336).map(down => at(outerLeg(down), down)),
    ...heights(266, 336)
      .toReversed()
      .map(down => at(innerLeg(down), down)),
    at(9.2, 250),
  ],
  cleft: points(0, 244, 4, 248, 5, 256, 3, 264, 0, 265),
  buttock: [
    at(0, waistTo),
    ...heights(waistTo, 250).map(down => at(torso(down), down)),
    ...points(38.6, 266, 20, 270, 1.5, 266, 0, 266),
  ],
  backOfThigh: [
    ...points(1.5, 266, 20, 270, 38.6, 266),
    ...heights(274, 336).map(down => at(outerLeg(down), down)),
    ...heights(274, 336)
      .toReversed()
      .map(down => at(innerLeg(down), down)),
  ],
  knee: band(336, 364, innerLeg, outerLeg),
  lowerLeg: band(364, 440, innerLeg, outerLeg),
  ankle: band(440, 456, innerLeg, outerLeg),
  foot: points(27, 456, 31, 464, 35, 472, 12, 474, 10, 466, 12, 456),
  toes: points(35, 472, 38, 480, 35, 486, 28, 488, 18, 488, 12, 485, 11, 479, 12, 474),
  heel: points(27, 456, 30, 466, 31, 478, 27, 484, 18, 485, 12, 480, 10.5, 468, 12, 456),
} as const satisfies Record<string, HalfShape>

export type ShapeName = keyof typeof shapes

/** Even-odd rule: how often a line from the point crosses the outline. */
export function isInside(shape: HalfShape, across: number, down: number): boolean {
  let inside = false
  for (const [index, a] of shape.entries()) {
    const b = shape.at(index - 1) ?? a
    const crosses = a.down > down !== b.down > down
    if (crosses && across < ((b.across - a.across) * (down - a.down)) / (b.down - a.down) + a.across) inside = !inside
  }
  return inside
}
