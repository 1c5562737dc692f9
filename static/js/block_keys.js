// The block editor by keyboard: buttons that move a block, buttons that add one, and an order of reading and tabbing
// that is the order on the screen. It works on the same fields as dragging does: `style.order` and the hidden
// `ordering`. Its words are in the template (templates/admin/publishing/change_form.html, #block-words).

const BLOCKS = ".order-machine > .inline-related:not(.empty-form)"
const TARGETS = ".order-machine-insert-target"
const FIELDS = ":is(input, select, textarea, button, .tiptap, [tabindex='0'])"

const all = (selector, root = document) => [...root.querySelectorAll(selector)]
const isShown = (element) => element.getClientRects().length > 0 && getComputedStyle(element).visibility !== "hidden"

const start = () => {
  const machine = document.querySelector(".order-machine")
  const wrapper = document.querySelector(".order-machine-wrapper")
  const kinds = document.querySelector(".plugin-buttons")
  const template = document.getElementById("block-words")
  if (!machine || !template) return
  const say = template.dataset
  const voice = document.getElementById("block-voice")
  const mayChange = window.ContentEditor.allowChange

  const fill = (text, values) => text.replace(/\{(\w+)\}/g, (_, name) => values[name])
  const announce = (text) => { voice.textContent = text }
  const ordering = (block) => block.querySelector(".order-machine-ordering")
  const region = () => window.ContentEditor.currentRegion
  const inOrder = () => all(BLOCKS).sort((a, b) => a.style.order - b.style.order)
  const here = () => inOrder().filter((block) => block.dataset.region === region())
  const titleOf = (block) => {
    const kind = block.querySelector("h3 b")?.textContent.replace(/:\s*$/, "").trim()
    const label = block.querySelector("h3 .inline_label")?.textContent.trim()
    return [kind, label].filter(Boolean).join(": ")
  }

  // A block moves by changing places with its neighbor; all others keep their numbers, so that no change is shown there.
  const swap = (block, other) => {
    const [mine, theirs] = [ordering(block), ordering(other)]
    if (mine.value === theirs.value) inOrder().forEach((each, number) => setOrder(each, 10 * (number + 1)))
    const [a, b] = [mine.value, theirs.value]
    setOrder(block, b)
    setOrder(other, a)
  }
  const setOrder = (block, number) => { ordering(block).value = block.style.order = number }

  const move = (block, step, button) => {
    const blocks = here()
    const place = blocks.indexOf(block) + step
    if (!blocks[place]) return
    swap(block, blocks[place])
    update()
    // At an end its button cannot be pressed again: the other one takes over.
    const next = button.disabled ? block.querySelector(`[data-move]:not(:disabled)`) : button
    next?.focus()
    block.querySelector(":scope > h3").scrollIntoView({ block: "nearest" })
    announce(fill(say.moved, { title: titleOf(block), place: place + 1, count: blocks.length }))
  }

  const addButtons = (block) => {
    const keys = template.content.cloneNode(true).firstElementChild
    for (const button of keys.querySelectorAll("[data-move]")) {
      button.addEventListener("click", () => move(block, Number(button.dataset.move), button))
    }
    keys.querySelector("[data-fold]").addEventListener("click", () => {
      block.querySelector(":scope > h3 > b").click()
      update()
    })
    block.querySelector(":scope > h3").after(keys)
  }

  // The order in the document, in which the keyboard and screen readers go, follows the order on the screen.
  const sortDocument = (blocks) => {
    const active = document.activeElement
    for (let number = blocks.length - 2; number >= 0; number--) {
      const [block, next] = [blocks[number], blocks[number + 1]]
      const standing = all(BLOCKS)
      if (standing[standing.indexOf(block) + 1] !== next) machine.insertBefore(block, next)
    }
    // What is moved in the document loses the focus.
    if (active !== document.activeElement && machine.contains(active)) active.focus({ preventScroll: true })
  }

  const asButton = (element, name) => {
    element.role = "button"
    element.tabIndex = 0
    if (name && element.ariaLabel !== name) element.ariaLabel = name
  }

  const update = () => {
    const blocks = inOrder()
    sortDocument(blocks)
    for (const each of blocks) {
      if (mayChange && !each.querySelector(":scope > .block-keys")) addButtons(each)
      const title = titleOf(each)
      const siblings = blocks.filter((other) => other.dataset.region === each.dataset.region)
      for (const button of all(":scope > .block-keys button", each)) {
        button.ariaLabel = fill(button.dataset.name, { title })
        if (button.dataset.move) button.disabled = each === (button.dataset.move === "-1" ? siblings.at(0) : siblings.at(-1))
        else button.ariaExpanded = String(!each.classList.contains("collapsed"))
      }
      for (const box of all(":scope > h3 .delete input, :scope > h3 .inline-deletelink", each)) {
        box.ariaLabel = fill(say.remove, { title })
      }
      // “+” stands above its block, so it comes before it; a second one is left over when a block changes its region.
      const [target, ...others] = all(`:scope > ${TARGETS}`, each)
      others.forEach((other) => other.remove())
      if (target) {
        if (each.firstElementChild !== target) each.prepend(target)
        asButton(target, fill(say.addBefore, { title }))
      }
    }
    const last = machine.querySelector(`:scope > ${TARGETS}.last`)
    if (last) {
      if (machine.lastElementChild !== last) machine.append(last)
      asButton(last, say.addLast)
    }
    for (const target of all(TARGETS)) target.ariaExpanded = String(isOpen() && target.classList.contains("selected"))
    for (const button of all(".plugin-button[role=button]", kinds)) button.tabIndex = 0
    // An icon is written as a word (“format_quote”) that its font draws: no part of the name of a button or a heading.
    for (const icon of all("span.material-icons")) icon.ariaHidden = "true"
    const tabs = all(".tabs.regions > .tab")
    if (tabs.length > 1) {
      for (const tab of tabs) {
        asButton(tab)
        tab.ariaPressed = String(tab.classList.contains("active"))
      }
    }
  }
  const isOpen = () => wrapper.classList.contains("plugin-buttons-visible")

  const soon = () => setTimeout(update)

  const enter = (block) => {
    // The rich text editor of a new block comes a moment later.
    let tries = 20
    const attempt = () => {
      const field = all(FIELDS, block).find((element) => !element.closest(".block-keys, h3, .prose-menubar, [class*=menubar]") && !element.matches(TARGETS) && isShown(element))
      if (field && (field.type !== "textarea" || !tries)) {
        field.focus()
        block.scrollIntoView({ block: "nearest" })
      } else if (tries--) setTimeout(attempt, 25)
    }
    attempt()
  }

  kinds.role = "group"
  kinds.ariaLabel = say.kinds
  update()

  // What is not a button for the browser becomes one here.
  document.addEventListener("keydown", (event) => {
    const target = event.target
    const isButton = target.matches?.(`${TARGETS}, .plugin-button[role=button], .tabs.regions > .tab[role=button]`)
    if (isButton && (event.key === "Enter" || event.key === " ")) {
      event.preventDefault()
      const opens = target.matches(TARGETS)
      target.click()
      if (opens && isOpen()) all(".plugin-button[role=button]", kinds).find(isShown)?.focus()
    }
    if (event.key === "Escape" && isOpen()) {
      const opener = document.querySelector(`${TARGETS}.selected`)
      // content-editor closes the list when the key comes up again.
      if (kinds.contains(target) || target === opener) opener?.focus()
    }
  })
  // Tabbing out of the list of kinds closes it, as clicking elsewhere does.
  kinds.addEventListener("focusout", (event) => {
    if (event.relatedTarget && !kinds.contains(event.relatedTarget) && !event.relatedTarget.matches(TARGETS)) document.body.click()
  })

  document.addEventListener("formset:added", (event) => {
    const block = event.target.closest?.(".inline-related")
    if (!block) return
    setTimeout(() => {
      update()
      enter(block)
      announce(fill(say.added, { title: titleOf(block) }))
    })
  })
  let neighbor
  document.addEventListener("click", (event) => {
    const block = event.target.closest?.(".inline-deletelink")?.closest(".inline-related")
    if (block) neighbor = here().at(here().indexOf(block) + 1) ?? here().at(-2)
  }, true)
  document.addEventListener("formset:removed", () => {
    // Django numbers the rest anew in the order of the document: that of their numbers now, until it is done.
    all(BLOCKS).sort((a, b) => a.id.localeCompare(b.id, "en", { numeric: true })).forEach((block) => machine.append(block))
    setTimeout(() => {
      update()
      const next = neighbor?.isConnected ? neighbor.querySelector(".block-keys button:not(:disabled)") : null
      const last = machine.querySelector(`:scope > ${TARGETS}.last`)
      ;(next ?? last)?.focus()
      announce(say.removed)
    })
  })
  machine.addEventListener("drop", soon)
  machine.addEventListener("change", soon)
  document.addEventListener("click", (event) => {
    // content-editor takes the focus away from this box.
    if (event.target.matches?.(`${BLOCKS} .delete > input`)) event.target.focus()
    soon()
  })
  new MutationObserver(update).observe(wrapper, { attributeFilter: ["class"] })
}

if (window.ContentEditor) start()
else document.addEventListener("content-editor:ready", start, { once: true })
