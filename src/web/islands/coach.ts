// Shows the record coach's advice beside the box that it is about, as each saved draft brings it. It never blocks, is drawn
// where it does not move what is being typed, and is read out only after the writer has left the box.
//
// The form's `hf-saved` event carries {advice: [{field, rule, says}]}; the boxes are <textarea data-hf-coached="FIELD">.

interface Advice {
  readonly field: string
  readonly rule: string
  readonly says: string
}

class CoachedBox {
  readonly box: HTMLTextAreaElement
  readonly place = document.createElement('div')
  readonly heard: HTMLElement
  readonly dropped = new Set<string>()
  drawn = ''
  unheard = ''

  constructor(box: HTMLTextAreaElement, heard: HTMLElement) {
    this.box = box
    this.heard = heard
    this.place.className = 'hf-advice'
    this.place.id = `${box.id}-coach`
    this.place.hidden = true
    box.after(this.place)
    box.setAttribute('aria-describedby', `${box.getAttribute('aria-describedby') ?? ''} ${this.place.id}`.trim())
    box.addEventListener('blur', () => this.read())
  }

  read() {
    if (this.unheard) this.heard.textContent = this.unheard
    this.unheard = ''
  }

  show(advice: readonly Advice[]) {
    const shown = advice.filter(one => !this.dropped.has(one.rule))
    const says = shown.map(one => one.says).join(' ')
    if (says === this.drawn) return
    this.drawn = says
    this.unheard = says && `Could this be clearer? ${says}`
    this.place.hidden = shown.length === 0
    this.place.replaceChildren(...shown.map(one => this.line(one)))
    if (document.activeElement !== this.box) this.read()
  }

  line({ rule, says }: Advice) {
    const line = document.createElement('p')
    line.className = 'govuk-!-margin-bottom-1'
    const drop = document.createElement('button')
    drop.type = 'button'
    drop.className = 'hf-link-button'
    drop.textContent = 'Leave it as it is'
    drop.addEventListener('click', () => {
      this.dropped.add(rule)
      line.remove()
      this.place.hidden = this.place.childElementCount === 0
      this.box.focus()
    })
    line.append(says, ' ', drop)
    return line
  }
}

for (const form of document.querySelectorAll<HTMLFormElement>('form[data-hf-draft]')) {
  const heard = document.createElement('div')
  heard.className = 'govuk-visually-hidden'
  heard.ariaLive = 'polite'
  form.append(heard)
  const boxes = [...form.querySelectorAll<HTMLTextAreaElement>('textarea[data-hf-coached]')].map(
    box => new CoachedBox(box, heard),
  )
  form.addEventListener('hf-saved', event => {
    const { advice } = (event as CustomEvent<{ advice?: readonly Advice[] }>).detail
    if (!advice) return
    for (const coached of boxes) coached.show(advice.filter(one => one.field === coached.box.dataset['hfCoached']))
  })
}
