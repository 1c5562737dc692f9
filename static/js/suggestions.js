// Suggestions below a search field while somebody types: the ARIA pattern “editable combobox with list autocomplete”.
// Without it, offline, or when the server does not answer, the field is the plain one that it was.

const PAUSE = 120 // milliseconds after the last key
const SHORTEST = 2 // characters

const { address, label, counted, none } = document.querySelector("script[data-suggestions]").dataset
const pageLanguage = document.documentElement.lang

const enhance = (field) => {
  const list = document.createElement("ul")
  const voice = document.createElement("p")
  let timer, request, active

  // A search field of its own kind would be emptied by Escape before the list could be closed.
  Object.assign(field, { type: "text", enterKeyHint: "search", autocomplete: "off", autocapitalize: "none" })
  Object.assign(list, { id: `${field.id}-suggestions`, className: "suggestions", hidden: true })
  Object.assign(voice, { className: "visually-hidden" })
  list.setAttribute("role", "listbox")
  list.setAttribute("aria-label", label)
  voice.setAttribute("role", "status")
  field.setAttribute("role", "combobox")
  field.setAttribute("aria-autocomplete", "list")
  field.setAttribute("aria-controls", list.id)
  field.setAttribute("aria-expanded", "false")
  field.form.append(list, voice)

  const say = (sentence) => {
    if (voice.textContent !== sentence) voice.textContent = sentence
  }
  const isOpen = () => !list.hidden

  const activate = (option) => {
    active?.setAttribute("aria-selected", "false")
    active = option
    if (option) {
      option.setAttribute("aria-selected", "true")
      option.scrollIntoView({ block: "nearest" })
      field.setAttribute("aria-activedescendant", option.id)
    } else field.removeAttribute("aria-activedescendant")
  }

  const open = () => {
    if (!list.childElementCount) return
    list.hidden = false
    field.setAttribute("aria-expanded", "true")
  }
  const close = () => {
    activate()
    list.hidden = true
    field.setAttribute("aria-expanded", "false")
  }
  // Nothing that was asked for before comes up after this.
  const stop = () => {
    clearTimeout(timer)
    request?.abort()
    close()
  }
  const clear = () => {
    stop()
    list.replaceChildren()
    say("")
  }

  const option = ({ text, kind, language, address }, index) => {
    const line = document.createElement("li")
    const words = document.createElement("span")
    const what = document.createElement("small")
    words.textContent = text
    what.textContent = kind
    if (language !== pageLanguage) words.lang = language
    line.id = `${list.id}-${index}`
    line.setAttribute("role", "option")
    line.setAttribute("aria-selected", "false")
    line.append(words, " ", what)
    line.addEventListener("click", () => choose(text, address))
    return line
  }

  const choose = (text, address) => {
    clear()
    if (address) location.assign(address)
    else {
      field.value = text
      field.form.requestSubmit()
    }
  }

  const ask = async () => {
    const query = field.value.trim()
    request?.abort()
    if (query.length < SHORTEST || !navigator.onLine) return clear()
    request = new AbortController()
    const { signal } = request
    try {
      const answer = await fetch(`${address}?${new URLSearchParams({ q: query })}`, { signal, credentials: "omit" })
      const found = answer.ok ? (await answer.json()).suggestions : []
      if (signal.aborted || document.activeElement !== field) return
      close()
      list.replaceChildren(...found.map(option))
      open()
      say(found.length ? counted.replace("#", found.length) : answer.ok ? none : "")
    } catch {
      if (!signal.aborted) clear()
    }
  }
  const askSoon = () => {
    say("") // so that the same number is said again for other words
    clearTimeout(timer)
    timer = setTimeout(ask, PAUSE)
  }

  // From the field to the first or last line, and from either end back to the field.
  const move = (step) => {
    const lines = [...list.children]
    const place = lines.indexOf(active) + (step < 0 && !active ? lines.length + 1 : 0) + step
    activate(lines[place])
  }

  const keys = {
    ArrowDown: (event) => {
      if (!isOpen()) open()
      if (!event.altKey && isOpen()) move(1)
    },
    ArrowUp: (event) => {
      if (event.altKey) return close()
      if (!isOpen()) open()
      if (isOpen()) move(-1)
    },
    Escape: () => {
      if (isOpen()) return stop()
      field.value = ""
      clear()
    },
    Enter: () => active.click(),
  }

  field.addEventListener("keydown", (event) => {
    // Keys that build a letter, as in Chinese or with dead keys, belong to the writing system.
    if (event.isComposing || event.ctrlKey || event.metaKey || event.shiftKey) return
    if (event.key === "Enter" && !active) return
    if (keys[event.key]) {
      event.preventDefault()
      keys[event.key](event)
    } else if (/^(Home|End|Arrow)/.test(event.key)) activate() // they work in the text
  })
  field.addEventListener("input", (event) => (event.isComposing ? clearTimeout(timer) : askSoon()))
  field.addEventListener("compositionend", askSoon)
  field.addEventListener("blur", stop)
  field.form.addEventListener("submit", stop)
  addEventListener("pageshow", stop)
  // The field keeps the focus while a line is pressed.
  list.addEventListener("mousedown", (event) => event.preventDefault())
}

for (const field of document.querySelectorAll("input[data-suggests]")) enhance(field)
