// Marks injuries by touching the picture, beside the list that works without it. Each mark of the list is a numbered pin on
// the picture: it takes the keyboard's focus, and the arrow keys move it. Nothing has to be dragged.
//
// <div data-body-map> holds the picture (data-body-picture, hidden until now), <svg data-side> with <path data-part data-pin
// [data-pair]> for half a body, the marks (data-marks > fieldset[data-mark]) and a button `_do=add-mark`. Left and right are
// the child's own: on the front view the child's left is to the right of the picture.

interface Part {
  readonly id: string
  readonly isPair: boolean
  readonly outline: readonly (readonly [number, number])[]
  readonly pin: readonly [number, number]
}

const svgSpace = 'http://www.w3.org/2000/svg'

function numbers(text: string) {
  return (text.match(/-?\d+(\.\d+)?/g) ?? []).map(Number)
}

function isInside(outline: Part['outline'], across: number, down: number) {
  let inside = false
  let [bx, by] = outline.at(-1) ?? [0, 0]
  for (const [ax, ay] of outline) {
    if (ay > down !== by > down && across < ((bx - ax) * (down - ay)) / (by - ay) + ax) inside = !inside
    ;[bx, by] = [ax, ay]
  }
  return inside
}

/** One view of the figure: what is where. */
class View {
  readonly svg: SVGSVGElement
  readonly side: string
  readonly middle: number
  readonly parts: readonly Part[]

  constructor(svg: SVGSVGElement) {
    this.svg = svg
    this.side = svg.dataset['side'] ?? ''
    this.middle = svg.viewBox.baseVal.width / 2
    // What is drawn last lies on top.
    this.parts = [...svg.querySelectorAll<SVGPathElement>('[data-part]')].reverse().map(path => {
      const flat = numbers(path.getAttribute('d') ?? '')
      const [across = 0, down = 0] = numbers(path.dataset['pin'] ?? '')
      return {
        id: path.dataset['part'] ?? '',
        isPair: path.dataset['pair'] !== undefined,
        outline: flat.flatMap((x, n) => (n % 2 === 0 ? [[x, flat[n + 1] ?? 0] as const] : [])),
        pin: [across, down],
      }
    })
  }

  hand(x: number) {
    return x >= this.middle === (this.side === 'front') ? 'left' : 'right'
  }

  regionAt(x: number, y: number) {
    const part = this.parts.find(one => isInside(one.outline, Math.abs(x - this.middle), y))
    return part && `${this.side}:${part.isPair ? `${this.hand(x)}-` : ''}${part.id}`
  }

  pinOf(region: string): readonly [number, number] | undefined {
    for (const part of this.parts) {
      const [across, down] = part.pin
      if (region === `${this.side}:${part.id}`) return [this.middle, down]
      for (const x of [this.middle + across, this.middle - across])
        if (part.isPair && region === `${this.side}:${this.hand(x)}-${part.id}`) return [x, down]
    }
    return undefined
  }

  pointOf(event: MouseEvent) {
    const matrix = this.svg.getScreenCTM()
    return matrix && new DOMPoint(event.clientX, event.clientY).matrixTransform(matrix.inverse())
  }
}

class BodyMap {
  readonly root: HTMLElement
  readonly marks: HTMLElement
  readonly says: HTMLElement | null
  readonly views: readonly View[]

  constructor(root: HTMLElement, picture: HTMLElement, marks: HTMLElement) {
    this.root = root
    this.marks = marks
    this.says = picture.querySelector('[data-body-says]')
    this.views = [...picture.querySelectorAll<SVGSVGElement>('svg[data-side]')].map(svg => new View(svg))
    picture.hidden = false
    for (const view of this.views) {
      view.svg.removeAttribute('aria-hidden')
      view.svg.setAttribute('role', 'group')
      view.svg.setAttribute('aria-label', `Injuries on the ${view.side} of the body`)
      view.svg.addEventListener('click', event => this.touch(view, event))
    }
    root.addEventListener('change', event => {
      const select = event.target
      if (select instanceof HTMLSelectElement && select.name === 'mark.region') this.listed(select)
    })
    root.addEventListener('click', event => this.press(event))
    this.draw()
  }

  rows() {
    return [...this.marks.querySelectorAll<HTMLElement>('[data-mark]')]
  }

  field(row: HTMLElement, part: string) {
    return row.querySelector<HTMLInputElement>(`[name="mark.${part}"]`)
  }

  set(row: HTMLElement, values: Readonly<Record<string, string>>) {
    for (const [part, value] of Object.entries(values)) {
      const field = this.field(row, part)
      if (field) field.value = value
    }
  }

  isBlank(row: HTMLElement) {
    return ['region', 'description', 'size', 'colour', 'explanation', 'by-says', 'treatment', 'treatment-says'].every(
      part => !this.field(row, part)?.value.trim(),
    )
  }

  nameOf(row: HTMLElement) {
    const select = row.querySelector<HTMLSelectElement>('select[name="mark.region"]')
    return select?.value ? (select.selectedOptions[0]?.text ?? '') : ''
  }

  tell(text: string) {
    if (this.says) this.says.textContent = text
  }

  changed() {
    this.draw()
    this.root.closest('form')?.dispatchEvent(new Event('change', { bubbles: true }))
  }

  touch(view: View, event: MouseEvent) {
    if (event.target instanceof Element && event.target.closest('.hf-pin')) return
    const point = view.pointOf(event)
    const region = point && view.regionAt(point.x, point.y)
    if (!point || !region) return this.tell('That is not on the body. Touch the body where the injury is.')
    const row = this.rows().find(one => this.isBlank(one)) ?? this.add()
    if (!row) return
    this.set(row, { region, x: point.x.toFixed(1), y: point.y.toFixed(1) })
    this.changed()
    this.tell(`Injury ${row.dataset['mark']}: ${this.nameOf(row)}. Now describe it below.`)
    this.field(row, 'description')?.focus()
  }

  /** Chosen from the list: the pin goes to the middle of that part. */
  listed(select: HTMLSelectElement) {
    const row = select.closest<HTMLElement>('[data-mark]')
    const pin = this.views.map(view => view.pinOf(select.value)).find(Boolean)
    if (row) this.set(row, { x: pin ? String(pin[0]) : '', y: pin ? String(pin[1]) : '' })
    this.draw()
  }

  press(event: MouseEvent) {
    const button = event.target instanceof Element && event.target.closest<HTMLButtonElement>('button[name=_do]')
    if (!button) return
    if (button.value === 'add-mark') {
      event.preventDefault()
      const row = this.add()
      if (row) this.field(row, 'region')?.focus()
    } else if (button.value.startsWith('drop-mark-')) {
      event.preventDefault()
      const row = button.closest<HTMLElement>('[data-mark]')
      if (!row) return
      this.tell(`Injury ${row.dataset['mark']} removed.`)
      if (this.rows().length === 1) this.empty(row)
      else row.remove()
      this.number()
      this.changed()
      this.marks.querySelector<HTMLElement>('select')?.focus()
    }
  }

  empty(row: HTMLElement) {
    for (const field of row.querySelectorAll<HTMLInputElement>('[name^="mark."]'))
      if (field.type !== 'hidden' || /\.[xy]$/.test(field.name)) field.value = ''
    for (const error of row.querySelectorAll('.govuk-error-message')) error.remove()
    for (const group of row.querySelectorAll('[class*="--error"]'))
      group.className = group.className.replaceAll(/ ?\S+--error/g, '')
  }

  add() {
    const row = this.rows().at(-1)?.cloneNode(true) as HTMLElement | undefined
    if (!row) return undefined
    this.empty(row)
    this.marks.append(row)
    this.number()
    return row
  }

  /** Marks count from 1 in their order; so do their ids, their legends and their buttons. */
  number() {
    for (const [index, row] of this.rows().entries()) {
      const n = String(index + 1)
      row.dataset['mark'] = n
      for (const one of row.querySelectorAll('[id], [for], [aria-describedby]')) {
        for (const name of ['id', 'for', 'aria-describedby']) {
          const value = one.getAttribute(name)
          if (value) one.setAttribute(name, value.replaceAll(/mark-\d+-/g, `mark-${n}-`))
        }
      }
      const legend = row.querySelector('legend')
      if (legend) legend.textContent = `Injury ${n}`
      const drop = row.querySelector<HTMLButtonElement>('button[value^=drop-mark-]')
      if (drop) {
        drop.value = `drop-mark-${n}`
        drop.textContent = `Remove injury ${n}`
      }
    }
  }

  draw() {
    const active = document.activeElement?.closest<SVGElement>('.hf-pin')?.dataset['n']
    for (const view of this.views) {
      for (const pin of view.svg.querySelectorAll('.hf-pin')) pin.remove()
      for (const row of this.rows()) {
        const region = this.field(row, 'region')?.value ?? ''
        if (!region.startsWith(`${view.side}:`)) continue
        const [x, y] = [this.field(row, 'x')?.value, this.field(row, 'y')?.value]
        const [px, py] = x && y ? [Number(x), Number(y)] : (view.pinOf(region) ?? [0, 0])
        const pin = this.pin(view, row, px, py)
        view.svg.append(pin)
        if (pin.dataset['n'] === active) pin.focus()
      }
    }
  }

  pin(view: View, row: HTMLElement, x: number, y: number) {
    const n = row.dataset['mark'] ?? ''
    const pin = document.createElementNS(svgSpace, 'g')
    pin.setAttribute('class', 'hf-pin')
    pin.setAttribute('transform', `translate(${x} ${y})`)
    pin.setAttribute('tabindex', '0')
    pin.setAttribute('role', 'button')
    pin.setAttribute('aria-label', `Injury ${n}, ${this.nameOf(row)}. Arrow keys move it, Enter goes to its description.`)
    pin.dataset['n'] = n
    const circle = document.createElementNS(svgSpace, 'circle')
    circle.setAttribute('r', '9')
    const text = document.createElementNS(svgSpace, 'text')
    text.setAttribute('text-anchor', 'middle')
    text.setAttribute('dy', '4')
    text.textContent = n
    pin.append(circle, text)
    pin.addEventListener('click', () => this.field(row, 'description')?.focus())
    pin.addEventListener('keydown', event => this.key(view, row, event, x, y))
    return pin
  }

  key(view: View, row: HTMLElement, event: KeyboardEvent, x: number, y: number) {
    const step = event.shiftKey ? 10 : 3
    const moves: Readonly<Record<string, readonly [number, number]>> = {
      ArrowLeft: [-step, 0],
      ArrowRight: [step, 0],
      ArrowUp: [0, -step],
      ArrowDown: [0, step],
    }
    const move = moves[event.key]
    if (event.key === 'Enter' || event.key === ' ') this.field(row, 'description')?.focus()
    else if (move) this.shift(view, row, x + move[0], y + move[1])
    else return
    event.preventDefault()
  }

  shift(view: View, row: HTMLElement, x: number, y: number) {
    const region = view.regionAt(x, y)
    if (!region) return this.tell('The edge of the body.')
    this.set(row, { region, x: x.toFixed(1), y: y.toFixed(1) })
    this.tell(`Injury ${row.dataset['mark']}: ${this.nameOf(row)}.`)
    this.changed()
  }
}

for (const root of document.querySelectorAll<HTMLElement>('[data-body-map]')) {
  const picture = root.querySelector<HTMLElement>('[data-body-picture]')
  const marks = root.querySelector<HTMLElement>('[data-marks]')
  if (picture && marks) new BodyMap(root, picture, marks)
}
