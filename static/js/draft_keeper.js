// Keeps what is typed into the form of a draft in this browser until the server has it, and offers it back after a
// crash, a lost connection or a session that ended. Nothing of it is sent anywhere before its writer says so.
//
// Each load of a form has a copy of its own in localStorage, so that no copy overwrites another. The form carries
// the copy's name; the server names the copies that are in the store by a cookie, and only these are forgotten.

const PREFIX = "typed:"
const COOKIE = "kept"
const PAUSE = 1000 // milliseconds between typing and keeping
const AT_MOST = 20
const LONGEST = 1_000_000 // characters
const OLDEST = 30 * 24 * 3600 * 1000 // milliseconds

const OWN = /^(csrfmiddlewaretoken|_kept|_base)$/
// The server numbers a block when it stores it; that is no difference in words.
const NOT_WORDS = /-(id|INITIAL_FORMS|parent)$/

let isSignedOut = false
const user = document.querySelector("script[data-user]")?.dataset.user ?? ""

// Storage that is full, forbidden or broken takes this comfort away and nothing else.
const quietly = (act) => {
  try {
    return act()
  } catch {
    return undefined
  }
}

const keys = (owner) => quietly(() => Object.keys(localStorage).filter((key) => key.startsWith(`${PREFIX}${owner}:`))) ?? []
const read = (key) => {
  const copy = quietly(() => JSON.parse(localStorage.getItem(key)))
  return Array.isArray(copy?.fields) && Number.isFinite(copy.at) ? { ...copy, key } : null
}
const forget = (key) => quietly(() => localStorage.removeItem(key))
const copies = () => keys(user).map((key) => read(key) ?? forget(key)).filter(Boolean).sort((a, b) => b.at - a.at)
const nameOf = (key) => key.slice(key.lastIndexOf(":") + 1)

const tidy = () => {
  const arrived = document.cookie.match(`(?:^|; )${COOKIE}=([^;]*)`)?.[1].split(".") ?? []
  copies().forEach((copy, number) => {
    if (arrived.includes(nameOf(copy.key)) || number >= AT_MOST || Date.now() - copy.at > OLDEST) forget(copy.key)
  })
  if (arrived.length) document.cookie = `${COOKIE}=; path=/; max-age=0`
}

const store = (key, copy) => {
  const text = JSON.stringify(copy)
  if (text.length > LONGEST) return
  try {
    localStorage.setItem(key, text)
  } catch {
    // Full: the oldest copy makes room, once.
    const oldest = copies().findLast((other) => other.key !== key)
    if (oldest) forget(oldest.key)
    quietly(() => localStorage.setItem(key, text))
  }
}

const fieldsOf = (form) => [...new FormData(form)].filter(([name, value]) => typeof value === "string" && !OWN.test(name) && !name.includes("__prefix__"))
const words = (fields) => JSON.stringify(fields.filter(([name]) => !NOT_WORDS.test(name)).sort())

// What differs first, in short and without markup, so that its writer knows it again.
const excerpt = (fields, loaded) => {
  const known = new Map(loaded)
  const [, text] = fields.find(([name, value]) => value && known.get(name) !== value && !/_FORMS$|-(id|ordering|region|parent)$/.test(name)) ?? []
  const plain = new DOMParser().parseFromString(text ?? "", "text/html").body.textContent.trim()
  return plain.length > 120 ? `${plain.slice(0, 120)}…` : plain
}

const sendAsDraft = (form, copy) => {
  const copyForm = document.createElement("form")
  copyForm.method = "post"
  copyForm.action = location.pathname
  copyForm.hidden = true
  const token = form.querySelector("[name=csrfmiddlewaretoken]").value
  const own = [["csrfmiddlewaretoken", token], ["_kept", nameOf(copy.key)], ["_base", copy.base], ["_save", "1"]]
  for (const [name, value] of [...copy.fields, ...own]) {
    // A textarea, because an input would lose line breaks.
    const field = document.createElement("textarea")
    field.name = name
    field.value = value
    copyForm.append(field)
  }
  document.body.append(copyForm)
  copyForm.submit()
}

const offer = (form, copy, loaded, flush) => {
  const box = document.getElementById("typed-text").content.cloneNode(true).firstElementChild
  const language = document.documentElement.lang || "en"
  const day = new Intl.DateTimeFormat(language, { month: "long", day: "numeric" }).format(copy.at)
  const time = new Intl.DateTimeFormat(language, { hour: "numeric", minute: "2-digit" }).format(copy.at)
  const sentence = box.querySelector("[data-sentence]")
  sentence.textContent = sentence.textContent.replace("{day}", day).replace("{time}", time)
  const shown = excerpt(copy.fields, loaded)
  box.querySelector("[data-excerpt]").textContent = shown && `“${shown}”`
  box.querySelector("[data-save]").addEventListener("click", () => {
    flush()
    sendAsDraft(form, copy)
  })
  box.querySelector("[data-throw-away]").addEventListener("click", () => {
    forget(copy.key)
    box.remove()
    offerNext(form, loaded, flush)
  })
  form.before(box)
}

const offerNext = (form, loaded, flush) => {
  const mine = copies().filter((copy) => copy.path === location.pathname && copy.key !== flush.key)
  for (const copy of mine) {
    if (words(copy.fields) === words(loaded)) forget(copy.key)
    else return offer(form, copy, loaded, flush)
  }
}

const keep = (form) => {
  // Firefox would put words typed before a reload onto a newer base, past the check for conflicts.
  form.autocomplete = "off"
  const name = crypto.randomUUID()
  const key = `${PREFIX}${user}:${location.pathname}:${name}`
  const mark = document.createElement("input")
  Object.assign(mark, { type: "hidden", name: "_kept", value: name })
  form.append(mark)

  const loaded = fieldsOf(form)
  // A form that comes back with faults holds words that the server did not take.
  const isRefused = Boolean(document.querySelector(".errornote"))
  let last = isRefused ? "" : words(loaded)
  const atFirst = last
  const flush = () => {
    const fields = fieldsOf(form)
    const now = words(fields)
    if (now === last || isSignedOut) return
    last = now
    if (now === atFirst) return forget(key)
    store(key, { path: location.pathname, base: form.elements._base?.value ?? "", at: Date.now(), fields })
  }
  flush.key = key
  if (isRefused) flush()

  let timer
  const later = () => {
    clearTimeout(timer)
    timer = setTimeout(flush, PAUSE)
  }
  // Editors, select boxes, moved and removed blocks all change fields in their own ways, each after one of these.
  for (const type of ["input", "change", "click", "keyup", "drop", "paste"]) document.addEventListener(type, later, true)
  form.addEventListener("submit", flush)
  addEventListener("pagehide", flush)
  document.addEventListener("visibilitychange", flush)

  offerNext(form, loaded, flush)
}

tidy()
const form = document.getElementById("typed-text")?.closest("form")
if (form && user && crypto.randomUUID) keep(form)
// Whoever signs out on purpose leaves nothing behind on this computer.
document.getElementById("logout-form")?.addEventListener("submit", () => {
  isSignedOut = true
  keys(user).forEach(forget)
})
