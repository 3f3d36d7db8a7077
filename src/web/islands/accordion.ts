// Folds the sections of an accordion; without it all of them stand open.

function setUp(accordion: HTMLElement) {
  for (const section of accordion.querySelectorAll<HTMLElement>('.govuk-accordion__section')) {
    const heading = section.querySelector('.govuk-accordion__section-button')
    const content = section.querySelector('.govuk-accordion__section-content')
    if (!heading || !content) continue
    const button = document.createElement('button')
    button.type = 'button'
    button.id = heading.id
    button.className = heading.className
    button.setAttribute('aria-controls', content.id)
    const title = document.createElement('span')
    title.className = 'govuk-accordion__section-heading-text'
    title.append(...heading.childNodes)
    const toggle = document.createElement('span')
    toggle.className = 'govuk-accordion__section-toggle'
    const toggleText = document.createElement('span')
    toggleText.className = 'govuk-accordion__section-toggle-text'
    const chevron = document.createElement('span')
    chevron.className = 'govuk-accordion-nav__chevron'
    toggle.append(chevron, toggleText)
    button.append(title, ' ', toggle)
    heading.replaceWith(button)
    const draw = (isOpen: boolean) => {
      section.classList.toggle('govuk-accordion__section--expanded', isOpen)
      if (isOpen) content.removeAttribute('hidden')
      else content.setAttribute('hidden', 'until-found')
      chevron.classList.toggle('govuk-accordion-nav__chevron--down', !isOpen)
      button.ariaExpanded = String(isOpen)
      toggleText.textContent = isOpen ? 'Hide' : 'Show'
    }
    button.addEventListener('click', () => draw(button.ariaExpanded !== 'true'))
    // Found in the page by the browser's search: open it, so that it stays open.
    content.addEventListener('beforematch', () => draw(true))
    draw(section.classList.contains('govuk-accordion__section--expanded'))
  }
}

for (const accordion of document.querySelectorAll<HTMLElement>('.govuk-accordion')) setUp(accordion)
document.body.classList.add('govuk-frontend-supported')
