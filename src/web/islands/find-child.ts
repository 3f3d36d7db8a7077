// Finds a child while the name is being typed: an editable combobox with a list, after the WAI-ARIA pattern. Without it, or
// where it gets no answer, the Find button asks the server for the same list.
//
// <div data-hf-find="child"> holds input[name=find-child] and the Find button; chosen children go to <div data-hf-chosen="child">
// as the server draws them: a hidden `child`, a select `involvement-ID` with the options of any other such select on the page.

interface Child {
  readonly id: string
  readonly name: string
  readonly knownAs: string | null
  readonly yearGroup: string | null
  readonly className: string | null
  readonly standing: string
  readonly born: string | null
}

interface Found {
  readonly children: readonly Child[]
  readonly more: boolean
}

const findPauseInMs = 200

function element<K extends keyof HTMLElementTagNameMap>(tag: K, className: string, ...content: (string | Node)[]) {
  const made = document.createElement(tag)
  made.className = className
  made.append(...content)
  return made
}

function born(date: string) {
  return new Date(date).toLocaleDateString('en-GB', { day: 'numeric', month: 'long', year: 'numeric', timeZone: 'UTC' })
}

function detail(child: Child) {
  const place = [child.yearGroup && (/^\d/.test(child.yearGroup) ? `Year ${child.yearGroup}` : child.yearGroup), child.className]
  return [
    ...place,
    child.knownAs && `known as ${child.knownAs}`,
    child.standing === 'left' && 'has left',
    child.born && `born ${born(child.born)}`,
  ]
    .filter(Boolean)
    .join(', ')
}

class ChildFinder {
  readonly input: HTMLInputElement
  readonly chosen: HTMLElement
  readonly button: HTMLElement | null
  readonly list = element('ul', 'hf-found')
  readonly status = element('div', 'govuk-visually-hidden')
  timer = 0
  asked = ''
  children: readonly Child[] = []
  active = -1

  constructor(place: HTMLElement, input: HTMLInputElement, chosen: HTMLElement) {
    this.input = input
    this.chosen = chosen
    this.button = place.querySelector('button[value=find-child]')
    if (this.button) this.button.hidden = true
    this.list.id = `${input.id}-list`
    this.list.role = 'listbox'
    this.list.ariaLabel = 'Children found'
    this.list.hidden = true
    this.status.role = 'status'
    input.role = 'combobox'
    input.ariaAutoComplete = 'list'
    input.ariaExpanded = 'false'
    input.setAttribute('aria-controls', this.list.id)
    input.after(this.list, this.status)
    // The hint tells of the Find button, which is not needed now.
    const hint = document.getElementById(`${input.id}-hint`)
    if (hint) hint.textContent = 'Part of a name is enough. Choose from the list.'
    input.addEventListener('input', event => {
      event.stopPropagation()
      clearTimeout(this.timer)
      this.timer = setTimeout(() => this.ask(), findPauseInMs)
    })
    input.addEventListener('keydown', event => this.key(event))
    input.addEventListener('blur', () => this.close())
    // Before the blur, so that the list is still there when it is pressed.
    this.list.addEventListener('pointerdown', event => event.preventDefault())
    this.list.addEventListener('click', event => {
      const option = event.target instanceof Element && event.target.closest<HTMLElement>('[role=option]')
      if (option) this.choose(Number(option.dataset['n']))
    })
    chosen.addEventListener('click', event => this.drop(event))
  }

  async ask() {
    const typed = this.input.value.trim()
    this.asked = typed
    if (typed.length < 2) return this.close()
    try {
      const response = await fetch(`/children/find?${new URLSearchParams({ q: typed, format: 'json' })}`, { redirect: 'error' })
      if (!response.ok) throw new Error(String(response.status))
      const found = (await response.json()) as Found
      if (this.asked === typed && document.activeElement === this.input) this.show(found)
    } catch {
      this.close()
      if (this.button) this.button.hidden = false
    }
  }

  show({ children, more }: Found) {
    const taken = new Set([...this.chosen.querySelectorAll<HTMLInputElement>('input[name=child]')].map(input => input.value))
    this.children = children.filter(child => !taken.has(child.id))
    this.list.replaceChildren(
      ...this.children.map((child, n) => {
        const option = element('li', 'hf-found__option', element('strong', '', child.name), ` ${detail(child)}`)
        option.role = 'option'
        option.id = `${this.list.id}-${n}`
        option.dataset['n'] = String(n)
        return option
      }),
    )
    this.move(-1)
    const isAny = this.children.length > 0
    this.list.hidden = !isAny
    this.input.ariaExpanded = String(isAny)
    const count = `${this.children.length} ${this.children.length === 1 ? 'child' : 'children'}`
    this.status.textContent = !isAny
      ? 'Nobody found by that name.'
      : more
        ? `The first ${count}. Type more to see fewer.`
        : `${count} found.`
  }

  close() {
    this.list.hidden = true
    this.input.ariaExpanded = 'false'
    this.move(-1)
  }

  move(to: number) {
    this.active = to
    for (const [n, option] of [...this.list.children].entries()) option.ariaSelected = String(n === to)
    const option = this.list.children[to]
    option?.scrollIntoView({ block: 'nearest' })
    if (option) this.input.setAttribute('aria-activedescendant', option.id)
    else this.input.removeAttribute('aria-activedescendant')
  }

  key(event: KeyboardEvent) {
    const count = this.list.hidden ? 0 : this.children.length
    if (event.key === 'Escape' && count > 0) {
      // The third Escape in a row hides the screen; this one has another meaning.
      event.stopPropagation()
      this.close()
    } else if (event.key === 'Enter' && this.active >= 0) this.choose(this.active)
    else if (event.key === 'ArrowDown' && count > 0) this.move((this.active + 1) % count)
    else if (event.key === 'ArrowUp' && count > 0) this.move(this.active <= 0 ? count - 1 : this.active - 1)
    else if (event.key === 'ArrowDown') this.ask()
    else return
    event.preventDefault()
  }

  choose(n: number) {
    const child = this.children[n]
    if (!child) return
    this.chosen.append(this.row(child))
    this.input.value = ''
    this.close()
    this.status.textContent = `${child.name} chosen.`
    this.changed()
  }

  /** As the server draws it. */
  row(child: Child) {
    const id = element('input', '')
    id.type = 'hidden'
    id.name = 'child'
    id.value = child.id
    const name = element('p', 'govuk-!-margin-bottom-2', element('strong', '', child.name))
    if (detail(child)) name.append(`, ${detail(child)}`)
    const remove = element(
      'button',
      'govuk-button govuk-button--secondary',
      'Remove',
      element('span', 'govuk-visually-hidden', ` ${child.name}`),
    )
    remove.type = 'button'
    remove.dataset['drop'] = ''
    return element('div', 'govuk-inset-text', id, name, ...this.involvement(child), remove)
  }

  involvement(child: Child) {
    const like = document.querySelector<HTMLSelectElement>('select[name$="-involvement"], select[name^="involvement-"]')
    if (!like) return []
    const select = element('select', 'govuk-select', ...[...like.options].map(option => new Option(option.text, option.value)))
    select.name = `involvement-${child.id}`
    select.id = select.name
    const label = element(
      'label',
      'govuk-label',
      'How is this child involved?',
      element('span', 'govuk-visually-hidden', ` (${child.name})`),
    )
    label.htmlFor = select.id
    return [element('div', 'govuk-form-group', label, select)]
  }

  /** Rows that the server drew are dropped here as well, so that nothing is sent for it. */
  drop(event: Event) {
    const button =
      event.target instanceof Element && event.target.closest<HTMLButtonElement>('[data-drop], button[value^=drop-child-]')
    if (!button) return
    event.preventDefault()
    const row = button.closest('.govuk-inset-text')
    this.status.textContent = `${row?.querySelector('strong')?.textContent ?? ''} removed.`
    row?.remove()
    this.input.focus()
    this.changed()
  }

  changed() {
    this.input.form?.dispatchEvent(new Event('change', { bubbles: true }))
  }
}

for (const place of document.querySelectorAll<HTMLElement>('[data-hf-find=child]')) {
  const input = place.querySelector<HTMLInputElement>('input[name=find-child]')
  const chosen = document.querySelector<HTMLElement>('[data-hf-chosen=child]')
  if (input && chosen) new ChildFinder(place, input, chosen)
}
