// Improves pages that work without it. Kept small: it is on every page, on old computers and slow telephones.

function all<T extends HTMLElement>(selector: string, root: ParentNode = document): T[] {
  return [...root.querySelectorAll<T>(selector)]
}

function on<K extends keyof DocumentEventMap>(type: K, listener: (event: DocumentEventMap[K]) => void) {
  document.addEventListener(type, listener)
}

/** Brings what was found wrong, or was just done, to those who listen or use a keyboard. */
function focusNews() {
  const [news] = all('[data-module=govuk-error-summary], .govuk-notification-banner[role=alert]')
  if (!news || news.dataset['disableAutoFocus'] === 'true') return
  news.tabIndex = -1
  news.addEventListener('blur', () => news.removeAttribute('tabindex'), { once: true })
  news.focus()
}

/** Goes from an error to its control, with the question in sight. */
function followError(event: MouseEvent) {
  const link = event.target instanceof Element && event.target.closest<HTMLAnchorElement>('.govuk-error-summary a[href^="#"]')
  const target = link && document.getElementById(decodeURIComponent(link.hash.slice(1)))
  const control =
    target && (target.matches('input, select, textarea') ? target : target.querySelector<HTMLElement>('input, select, textarea'))
  if (!control) return
  event.preventDefault()
  const question =
    control.closest('fieldset')?.querySelector('legend') ?? document.querySelector(`label[for="${CSS.escape(control.id)}"]`)
  ;(question ?? control).scrollIntoView()
  control.focus({ preventScroll: true })
}

function tellExpanded(root: ParentNode) {
  for (const input of all<HTMLInputElement>('.govuk-checkboxes__input[aria-controls]', root))
    input.ariaExpanded = String(input.checked)
}

/** The style sheet shows what an answer opens; this says so, where ARIA lets it: a radio has no expanded state. An exclusive box clears the others, and they clear it. */
function watchChoices() {
  for (const input of all('[data-aria-controls]')) {
    input.setAttribute('aria-controls', input.dataset['ariaControls'] ?? '')
    input.removeAttribute('data-aria-controls')
  }
  tellExpanded(document)
  on('change', ({ target }) => {
    if (!(target instanceof HTMLInputElement)) return
    const isExclusive = target.dataset['behaviour'] === 'exclusive'
    if (target.type === 'checkbox' && target.checked) {
      for (const other of all<HTMLInputElement>('input[type=checkbox]', target.closest('.govuk-checkboxes') ?? undefined)) {
        if (other !== target && (isExclusive || other.dataset['behaviour'] === 'exclusive')) other.checked = false
      }
    }
    tellExpanded(target.form ?? document)
  })
}

/** Questions that a choice makes due come into sight; what is open stays open. */
function openQuestions() {
  on('change', ({ target }) => {
    if (!(target instanceof HTMLInputElement) || !target.checked) return
    for (const details of all<HTMLDetailsElement>(`details[data-opened-by~="${CSS.escape(target.value)}"]`)) details.open = true
  })
}

function countOf(text: string, type: string | undefined): number {
  if (type === 'words') return text.match(/\S+/g)?.length ?? 0
  return type === 'characters' && 'Segmenter' in Intl ? [...new Intl.Segmenter().segment(text)].length : text.length
}

function countCharacters(group: HTMLElement) {
  const box = group.querySelector('textarea')
  const info = box && document.getElementById(`${box.id}-info`)
  const { maxlength, maxwords, threshold = '0', countType } = group.dataset
  const limit = Number(maxwords ?? maxlength)
  if (!info || !limit) return
  const seen = info.cloneNode() as HTMLElement
  seen.removeAttribute('id')
  seen.ariaHidden = 'true'
  const heard = document.createElement('div')
  heard.className = 'govuk-visually-hidden'
  heard.ariaLive = 'polite'
  info.classList.add('govuk-visually-hidden')
  info.after(seen, heard)
  let timer = 0
  const update = () => {
    const left = limit - countOf(box.value, maxwords ? 'words' : countType)
    const unit = (maxwords || countType === 'words' ? 'word' : 'character') + (Math.abs(left) === 1 ? '' : 's')
    const isSilent = left > limit * (1 - Number(threshold) / 100)
    seen.textContent = `You have ${Math.abs(left).toLocaleString('en-GB')} ${unit} ${left < 0 ? 'too many' : 'remaining'}`
    seen.classList.toggle('govuk-character-count__message--disabled', isSilent)
    seen.classList.toggle('govuk-error-message', left < 0)
    clearTimeout(timer)
    timer = setTimeout(() => {
      heard.textContent = isSilent ? '' : seen.textContent
    }, 1000)
  }
  box.addEventListener('input', update)
  addEventListener('pageshow', update)
  update()
}

/** Drops the second of two presses, and only it: whoever presses again later, because nothing came, is let through. */
function dropDoubleSubmit(event: SubmitEvent) {
  const form = event.target as HTMLFormElement
  if (event.defaultPrevented) return
  if (Number(form.dataset['sentAt'] ?? -Infinity) > event.timeStamp - 2000) event.preventDefault()
  else form.dataset['sentAt'] = String(event.timeStamp)
}

function openMenu(button: HTMLElement) {
  const menu = document.getElementById(button.getAttribute('aria-controls') ?? '')
  const narrow = matchMedia('(max-width: 40.0525rem)')
  if (!menu) return
  let isOpen = false
  const draw = () => {
    button.hidden = !narrow.matches
    button.ariaHidden = button.hidden ? 'true' : null
    button.ariaExpanded = String(isOpen)
    menu.hidden = narrow.matches && !isOpen
  }
  button.addEventListener('click', () => {
    isOpen = !isOpen
    draw()
  })
  narrow.addEventListener('change', draw)
  draw()
}

function showPassword(button: HTMLElement) {
  const input = document.getElementById(button.getAttribute('aria-controls') ?? '') as HTMLInputElement | null
  if (!input) return
  const draw = (isShown: boolean) => {
    input.type = isShown ? 'text' : 'password'
    button.textContent = isShown ? 'Hide' : 'Show'
    button.ariaLabel = `${button.textContent} password`
  }
  button.hidden = false
  button.addEventListener('click', () => draw(input.type === 'password'))
  input.form?.addEventListener('submit', () => draw(false))
}

function blank() {
  const back = document.createElement('button')
  back.className = 'hf-unblank govuk-button govuk-button--secondary'
  back.textContent = 'Show the page again'
  const title = document.title
  document.title = 'Holdfast'
  document.body.classList.add('hf-blank')
  document.body.append(back)
  back.focus()
  back.addEventListener('click', () => {
    back.remove()
    document.title = title
    document.body.classList.remove('hf-blank')
  })
}

/** Leaves or blanks the page, by its button or by Escape three times within five seconds. */
function watchExit() {
  const [button] = all<HTMLAnchorElement>('.govuk-js-exit-this-page-button, [data-module=hf-blank]')
  if (!button) return
  const exit = () => {
    if (button.dataset['module'] === 'hf-blank') return blank()
    document.body.classList.add('hf-blank')
    location.replace(button.href)
  }
  let presses: number[] = []
  button.addEventListener('click', event => {
    event.preventDefault()
    exit()
  })
  on('keydown', event => {
    if (event.key !== 'Escape' || event.repeat || document.body.classList.contains('hf-blank')) return
    presses = [...presses, event.timeStamp].filter(time => time > event.timeStamp - 5000)
    if (presses.length < 3) return
    presses = []
    exit()
  })
}

const kept = 'whom-to-ring'

/**
 * Keeps one page for when the network is gone: whom to ring, which holds public numbers and nobody's name. It is fetched once for
 * each sign-in and forgotten with it; no other page is ever kept.
 */
async function keepWhomToRing() {
  // Absent where the page did not come by https.
  if (!('serviceWorker' in navigator) || !('caches' in window)) return
  const signIn = document.body.dataset['hfSignIn']
  if (location.pathname === '/sign-in') await caches.delete(kept)
  if (!signIn) return
  await navigator.serviceWorker.register('/offline.js', { updateViaCache: 'none' })
  const address = `/${kept}?${signIn}`
  if (await caches.match(address, { cacheName: kept })) return
  await caches.delete(kept)
  const page = await fetch(`/${kept}`)
  const style = document.querySelector<HTMLLinkElement>('link[rel=stylesheet]')
  if (!page.ok || page.redirected || !style) return
  const cache = await caches.open(kept)
  await cache.add(style.href)
  await cache.put(address, page)
}

addEventListener('load', () => void keepWhomToRing().catch(() => undefined))
on('click', followError)
on('submit', dropDoubleSubmit)
watchChoices()
openQuestions()
watchExit()
all('[data-module=govuk-character-count]').forEach(countCharacters)
all('.govuk-js-service-navigation-toggle').forEach(openMenu)
all('.govuk-js-password-input-toggle').forEach(showPassword)
focusNews()
