import { figure, type HalfShape, isInside, type ShapeName, shapes } from './shapes.ts'

export const bodySides = ['front', 'back'] as const
export type BodySide = (typeof bodySides)[number]

interface Part {
  readonly id: string
  readonly shape: ShapeName
  /** What it is called; `left` and `right` are the child's own. */
  readonly name: string | { readonly left: string; readonly right: string }
  /** A point well inside the shape, distance from the middle line and height. */
  readonly pin: readonly [across: number, down: number]
}

function pair(id: string, shape: ShapeName, name: string, pin: Part['pin']): Part {
  const say = (side: string) => name.replace('*', side).replace(/^./, first => first.toUpperCase())
  return { id, shape, name: { left: say('left'), right: say('right') }, pin }
}

/** In the order of looking: a part that lies on another comes first. */
const parts: Readonly<Record<BodySide, readonly Part[]>> = {
  front: [
    { id: 'crown', shape: 'crown', name: 'Top of the head', pin: [0, 18] },
    { id: 'forehead', shape: 'forehead', name: 'Forehead', pin: [0, 35] },
    pair('eye', 'eye', '* eye', [14, 48]),
    { id: 'nose', shape: 'nose', name: 'Nose', pin: [0, 58] },
    { id: 'mouth', shape: 'mouth', name: 'Mouth and lips', pin: [0, 73] },
    pair('temple', 'temple', '* temple and around the eye', [27, 48]),
    pair('cheek', 'cheek', '* cheek', [20, 65]),
    { id: 'chin', shape: 'chin', name: 'Chin and jaw', pin: [0, 84] },
    pair('ear', 'ear', '* ear', [36, 53]),
    { id: 'neck', shape: 'neck', name: 'Front of the neck', pin: [0, 100] },
    pair('shoulder', 'shoulder', '* shoulder', [42, 121]),
    pair('chest', 'upperTrunk', '* side of the chest', [20, 146]),
    pair('upper-arm', 'upperArm', '* upper arm, front', [58, 158]),
    pair('elbow', 'elbow', 'inside of the * elbow', [66, 192]),
    pair('forearm', 'forearm', '* forearm, front', [73, 228]),
    pair('wrist', 'wrist', 'inside of the * wrist', [79, 258]),
    pair('hand', 'hand', 'palm of the * hand', [85, 279]),
    pair('fingers', 'fingers', '* fingers and thumb, palm side', [88, 304]),
    pair('abdomen', 'lowerTrunk', '* side of the abdomen (tummy)', [17, 202]),
    { id: 'genitals', shape: 'groin', name: 'Genital area (penis, testicles or vulva)', pin: [0, 250] },
    pair('hip', 'hip', '* hip and groin', [26, 236]),
    pair('thigh', 'thigh', '* thigh, front', [21, 296]),
    pair('knee', 'knee', '* knee', [20, 350]),
    pair('shin', 'lowerLeg', '* shin', [20, 400]),
    pair('ankle', 'ankle', '* ankle', [19, 448]),
    pair('foot', 'foot', 'top of the * foot', [21, 465]),
    pair('toes', 'toes', '* toes', [24, 480]),
  ],
  back: [
    { id: 'head', shape: 'backOfHead', name: 'Back of the head', pin: [0, 50] },
    pair('ear', 'ear', 'behind the * ear', [36, 53]),
    { id: 'neck', shape: 'neck', name: 'Back of the neck', pin: [0, 100] },
    pair('shoulder', 'shoulder', 'back of the * shoulder', [42, 121]),
    pair('upper-back', 'upperTrunk', 'upper back, * side', [20, 146]),
    pair('upper-arm', 'upperArm', '* upper arm, back', [58, 158]),
    pair('elbow', 'elbow', '* elbow', [66, 192]),
    pair('forearm', 'forearm', '* forearm, back', [73, 228]),
    pair('wrist', 'wrist', 'back of the * wrist', [79, 258]),
    pair('hand', 'hand', 'back of the * hand', [85, 279]),
    pair('fingers', 'fingers', '* fingers and thumb, back', [88, 304]),
    pair('lower-back', 'lowerTrunk', 'lower back, * side', [17, 202]),
    { id: 'anus', shape: 'cleft', name: 'Anal area (between the buttocks)', pin: [0, 256] },
    pair('buttock', 'buttock', '* buttock', [20, 250]),
    pair('thigh', 'backOfThigh', '* thigh, back', [21, 300]),
    pair('knee', 'knee', 'back of the * knee', [20, 350]),
    pair('calf', 'lowerLeg', '* calf', [20, 400]),
    pair('ankle', 'ankle', '* ankle, back', [19, 448]),
    pair('heel', 'heel', '* heel', [21, 470]),
  ],
}

/** A named place on the body. Its id is unique on its side; `left` and `right` are the child's own, whichever way the child faces. */
export interface BodyRegion {
  readonly side: BodySide
  readonly id: string
  readonly name: string
  /** Where a mark stands of which only the region is known. */
  readonly pin: { readonly x: number; readonly y: number }
}

/** Whether the child's left is to the right of the picture: the child faces us on the front view. */
function leftIsRightward(side: BodySide): boolean {
  return side === 'front'
}

function regionsOfPart(side: BodySide, part: Part): BodyRegion[] {
  const [across, down] = part.pin
  if (typeof part.name === 'string') return [{ side, id: part.id, name: part.name, pin: { x: figure.middle, y: down } }]
  const name = part.name
  return (['left', 'right'] as const).map(hand => ({
    side,
    id: `${hand}-${part.id}`,
    name: name[hand],
    pin: { x: figure.middle + ((hand === 'left') === leftIsRightward(side) ? across : -across), y: down },
  }))
}

/** Every region of a side, from the head down. */
export const bodyRegions: Readonly<Record<BodySide, readonly BodyRegion[]>> = {
  front: parts.front.flatMap(part => regionsOfPart('front', part)),
  back: parts.back.flatMap(part => regionsOfPart('back', part)),
}

export function findRegion(side: BodySide, id: string): BodyRegion | undefined {
  return bodyRegions[side].find(region => region.id === id)
}

/** What is at this point of the picture; nothing where it is not on the body. */
export function regionAt(side: BodySide, x: number, y: number): BodyRegion | undefined {
  const across = Math.abs(x - figure.middle)
  const part = parts[side].find(candidate => isInside(shapes[candidate.shape], across, y))
  if (!part) return undefined
  if (typeof part.name === 'string') return findRegion(side, part.id)
  return findRegion(side, `${x >= figure.middle === leftIsRightward(side) ? 'left' : 'right'}-${part.id}`)
}

/** One part of half the figure, for drawing: mirrored, it is the other half's. */
export interface DrawnPart {
  readonly id: string
  readonly isPair: boolean
  readonly shape: HalfShape
  readonly pin: readonly [across: number, down: number]
}

/** The parts of half a side, those that lie on others last. */
export function drawnParts(side: BodySide): readonly DrawnPart[] {
  return parts[side]
    .map(part => ({ id: part.id, isPair: typeof part.name !== 'string', shape: shapes[part.shape], pin: part.pin }))
    .toReversed()
}
