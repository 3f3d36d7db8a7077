import assert from 'node:assert/strict'
import type { FileChooser, Locator, Page } from 'playwright-core'
import type { TestWindow, WindowOptions } from './browser.ts'

export interface ScannedPaper {
  readonly name: string
  readonly mimeType: string
  readonly buffer: Buffer
}

/** How somebody works a page: with a mouse or a finger, or with the keys alone. */
export interface Hands {
  press(target: Locator): Promise<void>
  write(target: Locator, text: string): Promise<void>
  choose(target: Locator): Promise<void>
  attach(target: Locator, file: ScannedPaper): Promise<void>
}

export const pointing: Hands = {
  press: target => target.click(),
  write: (target, text) => target.fill(text),
  choose: target => target.check(),
  attach: (target, file) => target.setInputFiles(file),
}

const mostTabs = 400

/** Whether this control, or for a radio button its group, has the focus; `seen` where the focus can be seen on it. */
interface Focus {
  readonly here: boolean
  readonly group: boolean
  readonly seen: boolean
}

function focusOn(target: Locator): Promise<Focus> {
  return target.evaluate(element => {
    const focused = element.ownerDocument.activeElement
    const here = focused === element
    const group =
      focused instanceof HTMLInputElement &&
      element instanceof HTMLInputElement &&
      element.type === 'radio' &&
      focused.type === 'radio' &&
      focused.name === element.name
    // A radio button or checkbox of the kit is drawn by its label.
    const label = focused instanceof HTMLInputElement && /radio|checkbox/.test(focused.type) ? focused.labels?.[0] : undefined
    const drawn = label ? getComputedStyle(label, '::before') : focused && getComputedStyle(focused)
    const seen = Boolean(drawn && (drawn.outlineStyle !== 'none' || drawn.boxShadow !== 'none'))
    return { here, group, seen }
  })
}

async function tabTo(page: Page, target: Locator): Promise<void> {
  for (let tabs = 0; tabs <= mostTabs; tabs += 1) {
    const focus = await focusOn(target)
    if (focus.here || focus.group) {
      assert.ok(focus.seen, `the focus cannot be seen on ${target}`)
      return
    }
    await page.keyboard.press('Tab')
  }
  assert.fail(`Tab never reaches ${target}`)
}

/** A busy machine now and then loses a key, or the focus between two: then the person presses again, and so does this. */
async function chooserBehind(page: Page, target: Locator): Promise<FileChooser> {
  for (let pressed = 0; pressed < 4; pressed += 1) {
    await tabTo(page, target)
    const opened = page.waitForEvent('filechooser', { timeout: 15_000 }).catch(() => undefined)
    await page.keyboard.press('Enter')
    const chooser = await opened
    if (chooser) return chooser
  }
  assert.fail(`Enter never opens the chooser of ${target}`)
}

/** The keys alone: Tab to the control, where the focus must be seen, then what a browser does for each kind. */
export function byKeyboard(page: Page): Hands {
  return {
    press: async target => {
      await tabTo(page, target)
      await page.keyboard.press('Enter')
    },
    write: async (target, text) => {
      await tabTo(page, target)
      await page.keyboard.press('ControlOrMeta+a')
      await page.keyboard.insertText(text)
    },
    choose: async target => {
      await tabTo(page, target)
      if ((await target.getAttribute('type')) !== 'radio') {
        await page.keyboard.press('Space')
        return
      }
      for (let moved = 0; moved < 40 && !(await focusOn(target)).here; moved += 1) await page.keyboard.press('ArrowDown')
      await page.keyboard.press('Space')
      assert.ok(await target.isChecked(), `the arrow keys do not choose ${target}`)
    },
    attach: async (target, file) => {
      const chooser = await chooserBehind(page, target)
      await chooser.setFiles(file)
    },
  }
}

/** How somebody comes to the product: the window that they have, and the hands that work it. */
export interface Way {
  readonly says: string
  readonly options: Omit<WindowOptions, 'as'>
  readonly hands: (page: Page) => Hands
  readonly hasMouse: boolean
}

export const atADesk: Way = { says: 'at a desk', options: {}, hands: () => pointing, hasMouse: true }
export const withoutScripts: Way = {
  says: 'without scripts',
  options: { javaScript: false },
  hands: () => pointing,
  hasMouse: true,
}
export const onATelephone: Way = { says: 'on a telephone', options: { width: 'phone' }, hands: () => pointing, hasMouse: true }
export const byKeyboardAlone: Way = { says: 'by keyboard alone', options: {}, hands: byKeyboard, hasMouse: false }
export const onATelephoneWithoutScripts: Way = {
  says: 'on a telephone without scripts',
  options: { javaScript: false, width: 'phone' },
  hands: () => pointing,
  hasMouse: true,
}

type Says = string | RegExp

/** Somebody before a window. Everything is reached by what it says; every page that is met is examined. */
export class Desk {
  readonly window: TestWindow
  readonly hands: Hands
  readonly #way: Way
  readonly #examined: Set<string> | undefined

  /** `examined` lets axe leave out a kind of page that it has looked at before. */
  constructor(window: TestWindow, way: Way, hands: Hands = way.hands(window.page), examined?: Set<string>) {
    this.window = window
    this.hands = hands
    this.#way = way
    this.#examined = examined
  }

  get page(): Page {
    return this.window.page
  }

  /** What stands in the box of this name. */
  async written(says: Says): Promise<string> {
    return this.#named(says).inputValue()
  }

  /** What the page says, without the frame around it. */
  async text(): Promise<string> {
    return (await this.page.locator('main').textContent()) ?? ''
  }

  async goto(path: string): Promise<void> {
    await this.window.goto(path, this.#examined)
  }

  #named(says: Says, within?: Says): Locator {
    const main = this.page.locator('main')
    const place = within === undefined ? main : main.getByRole('group', { name: within })
    return place.getByLabel(says, { exact: typeof says === 'string' }).first()
  }

  /** Presses what the page itself offers, not the frame around it. */
  async press(says: Says, role: 'button' | 'link' = 'button'): Promise<void> {
    const target = this.page.locator('main').getByRole(role, { name: says }).first()
    await Promise.all([this.page.waitForEvent('load'), this.hands.press(target)])
    await this.window.examine(this.#examined)
  }

  /** Presses the page's own link to this place. */
  async follow(path: string): Promise<void> {
    const link = this.page.locator(`main a[href="${path}"]`).first()
    await Promise.all([this.page.waitForEvent('load'), this.hands.press(link)])
    await this.window.examine(this.#examined)
  }

  async write(says: Says, text: string, within?: Says): Promise<void> {
    await this.hands.write(this.#named(says, within), text)
  }

  async choose(says: Says, within?: Says): Promise<void> {
    await this.hands.choose(this.#named(says, within))
  }

  /** Opens the part of the page in which a question is folded away, unless it is open. */
  async unfold(question: Says): Promise<void> {
    const group = this.page.getByRole('group', { name: question, includeHidden: true })
    const folded = this.page.locator('main details:not([open])', { has: group })
    if (await folded.count()) await this.hands.press(folded.locator('summary').first())
  }

  async attach(says: Says, file: ScannedPaper): Promise<void> {
    await this.hands.attach(this.#named(says), file)
  }

  /** A day as it is typed into its three boxes. */
  async writeDay(legend: Says, day: number, month: number, year: number): Promise<void> {
    await this.write('Day', String(day), legend)
    await this.write('Month', String(month), legend)
    await this.write('Year', String(year), legend)
  }

  /** Finds a child on the form that records a concern: from the list that a script shows, or by the Find button. */
  async chooseChild(name: string): Promise<void> {
    const named = this.page.getByLabel("Child's name")
    if (this.#way.options.javaScript === false) {
      await this.hands.write(named, name)
      await this.press(/^Find/)
      await this.choose(new RegExp(name))
      return
    }
    const option = this.page.getByRole('option', { name: new RegExp(name) }).first()
    if (this.#way.hasMouse) {
      await this.hands.write(named, name)
      await option.click()
      return
    }
    await this.hands.write(named, name.slice(0, -1))
    await this.page.keyboard.type(name.slice(-1))
    await option.waitFor()
    await this.page.keyboard.press('ArrowDown')
    await this.page.keyboard.press('Enter')
  }
}

/** The same hands, and how often they pressed or chose something; what they write is not counted. */
export function counted(hands: Hands): { readonly hands: Hands; count(): number } {
  let times = 0
  return {
    hands: {
      ...hands,
      press: target => {
        times += 1
        return hands.press(target)
      },
      choose: target => {
        times += 1
        return hands.choose(target)
      },
    },
    count: () => times,
  }
}

/** Counts in the browser what somebody does besides writing: presses of whatever can be pressed, by a mouse, a finger or a key. */
export async function countedByBrowser(page: Page): Promise<() => number> {
  let times = 0
  let last = ''
  await page.exposeBinding('holdfastPressed', (_source, what: string) => {
    // The arrow keys pass through a group of radio buttons: that is one choice.
    if (what === '' || what !== last) times += 1
    last = what
  })
  await page.addInitScript(() => {
    const tell = (what: string) => (window as unknown as { holdfastPressed(what: string): void }).holdfastPressed(what)
    const isWritten = (element: Element) =>
      element instanceof HTMLTextAreaElement || (element instanceof HTMLInputElement && /text|search|tel/.test(element.type))
    addEventListener(
      'click',
      ({ isTrusted, target }) => {
        const pressed =
          target instanceof Element ? target.closest('a, button, summary, input, select, textarea, [role=option]') : null
        // A label passes its click on to its control, which comes here by itself.
        if (!isTrusted || !pressed || isWritten(pressed)) return
        tell(pressed instanceof HTMLInputElement && pressed.type === 'radio' ? pressed.name : '')
      },
      true,
    )
    addEventListener(
      'keydown',
      ({ key, target }) => {
        if (key === 'Enter' && target instanceof Element && target.hasAttribute('aria-activedescendant')) tell('')
      },
      true,
    )
  })
  return () => times
}
