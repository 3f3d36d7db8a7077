import assert from 'node:assert/strict'
import type { Locator, Page } from 'playwright-core'

/** How somebody works a page: with a mouse or a finger, or with the keys alone. */
export interface Hands {
  press(target: Locator): Promise<void>
  write(target: Locator, text: string): Promise<void>
  choose(target: Locator): Promise<void>
}

export const pointing: Hands = {
  press: target => target.click(),
  write: (target, text) => target.fill(text),
  choose: target => target.check(),
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
  }
}
