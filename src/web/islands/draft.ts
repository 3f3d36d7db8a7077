// Saves what is being typed on the server. Nothing is ever stored on the device: the words of a child do not belong there.
//
// <form data-hf-draft="ID" data-hf-save="URL"> is sent there with the field `_quiet`, 1.5 s after typing stops and when the
// page is left; <p data-hf-saved="FORM ID"> says how it went. Answer: {saved_at, version, advice?}; 409 {saved_at, version}
// where another tab or device saved since, 409 {recorded} where it has been sent. The form gets a `hf-saved` event with the answer.

interface Answer {
  readonly saved_at?: string | null
  readonly version?: number
  readonly recorded?: string
}

const pauseInMs = 1500
// A browser takes no more than 64 KiB from a page that is going away.
const lastBytesMax = 60_000

function timeOf(instant: string) {
  return new Date(instant).toLocaleTimeString('en-GB', { timeZone: 'Europe/London', hour: '2-digit', minute: '2-digit' })
}

class Draft {
  readonly form: HTMLFormElement
  readonly status: HTMLElement | null
  timer = 0
  failures = 0
  isDirty = false
  isSending = false
  isOver = false

  constructor(form: HTMLFormElement) {
    this.form = form
    this.status = document.querySelector(`[data-hf-saved="${CSS.escape(form.id)}"]`)
    form.addEventListener('input', () => this.changed())
    form.addEventListener('change', () => this.changed())
    form.addEventListener('submit', event => {
      // Dropped as the second of two presses: then nothing is on its way.
      if (!event.defaultPrevented) this.leave()
    })
    addEventListener('online', () => this.failures > 0 && this.wait(0))
    addEventListener('pagehide', () => this.isDirty && this.save(true))
    addEventListener('pageshow', () => {
      this.isOver = false
    })
    document.addEventListener('visibilitychange', () => document.hidden && this.isDirty && this.save(true))
    addEventListener('beforeunload', event => this.failures > 0 && this.isDirty && !this.isOver && event.preventDefault())
  }

  changed() {
    this.isDirty = true
    if (this.failures === 0) this.wait(pauseInMs)
  }

  wait(inMs: number) {
    clearTimeout(this.timer)
    if (!this.isOver) this.timer = setTimeout(() => this.save(false), inMs)
  }

  leave() {
    clearTimeout(this.timer)
    this.isOver = true
  }

  /** Success is shown and not read out; trouble is both. */
  say(isWell: boolean, ...content: (string | Node)[]) {
    if (!this.status) return
    this.status.ariaLive = isWell ? 'off' : 'polite'
    this.status.classList.toggle('hf-unsaved', !isWell)
    this.status.replaceChildren(...content)
  }

  body() {
    const body = new URLSearchParams({ _quiet: '1' })
    for (const [name, value] of new FormData(this.form)) if (typeof value === 'string') body.append(name, value)
    return body
  }

  async save(isLeaving: boolean) {
    const { hfSave } = this.form.dataset
    if (this.isOver || !hfSave || this.isSending) return
    clearTimeout(this.timer)
    const body = this.body()
    this.isSending = true
    this.isDirty = false
    try {
      const keepalive = isLeaving && body.toString().length < lastBytesMax
      const response = await fetch(hfSave, {
        method: 'POST',
        body,
        keepalive,
        redirect: 'error',
        headers: { accept: 'application/json' },
      })
      const isJson = response.headers.get('content-type')?.startsWith('application/json')
      this.answered(response.status, isJson ? ((await response.json()) as Answer) : undefined)
    } catch {
      this.failed()
    }
    this.isSending = false
    if (this.isDirty && this.failures === 0) this.wait(pauseInMs)
  }

  answered(status: number, answer: Answer | undefined) {
    if (status === 409 && answer) return this.overtaken(answer)
    if (status >= 500 || status === 429) return this.failed()
    if (status !== 200 || !answer) {
      this.isDirty = true
      this.leave()
      return this.say(false, 'Not saved: you are signed out. Leave this page open, sign in in another tab, and press Save here.')
    }
    this.failures = 0
    const version = this.form.elements.namedItem('_version')
    if (version instanceof HTMLInputElement && answer.version) version.value = String(answer.version)
    this.say(true, answer.saved_at ? `Saved at ${timeOf(answer.saved_at)}.` : '')
    this.form.dispatchEvent(new CustomEvent('hf-saved', { detail: answer }))
  }

  overtaken({ recorded, saved_at }: Answer) {
    this.leave()
    if (!recorded) {
      const when = saved_at ? ` at ${timeOf(saved_at)}` : ''
      return this.say(
        false,
        `Not saved: this was changed in another tab or on another device${when}. Press Save here to see both.`,
      )
    }
    const link = document.createElement('a')
    link.className = 'govuk-link'
    link.href = recorded
    link.textContent = 'See where it is now'
    this.say(false, 'This has been sent already. ', link)
  }

  failed() {
    this.isDirty = true
    this.failures += 1
    this.say(
      false,
      navigator.onLine
        ? 'Not saved: no answer from Holdfast. What you typed is only on this page. Trying again.'
        : 'Not saved: there is no connection. What you typed is only on this page. It is saved as soon as the connection is back.',
    )
    this.wait(Math.min(30_000, 2500 * 2 ** this.failures))
  }
}

for (const form of document.querySelectorAll<HTMLFormElement>('form[data-hf-draft]')) new Draft(form)
