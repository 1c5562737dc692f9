// The preview beside the form of a draft: posts what is typed, and shows the page that comes back in a frame.
//
// The page is fetched and put into the frame as `srcdoc`, because so no page of the site has to allow framing at all
// (a form posted into the frame by `target` would need it), an ended session can be told in words, and the old text
// stays until the new one is there.

const KEY = "preview-beside"
const PAUSE = 1500 // milliseconds after the last key
const OWN = /^_kept$/

const room = document.getElementById("preview-beside")
const toggle = document.querySelector("[data-preview-toggle]")
const form = toggle?.closest("form")
const wide = matchMedia("(min-width: 87.5em)")

// Storage that is full or forbidden forgets the choice and nothing else.
const quietly = (act) => {
  try {
    return act()
  } catch {
    return undefined
  }
}

const start = () => {
  const voice = room.querySelector("[role=status]")
  let frame = room.querySelector("iframe")
  let next, request, timer, shown

  const say = (sentence) => {
    if (voice.textContent !== sentence) voice.textContent = sentence
  }
  const isOpen = () => !room.hidden && wide.matches
  const typed = () => {
    const fields = [...new FormData(form)].filter(([name, value]) => typeof value === "string" && !OWN.test(name) && !name.includes("__prefix__"))
    return new URLSearchParams(fields)
  }

  // A frame of its own for each text: a second one in the same frame would be a step of the browser's history.
  const show = (html) => {
    next?.remove()
    next = frame.cloneNode()
    next.dataset.next = ""
    next.srcdoc = html
    next.addEventListener("load", swap, { once: true })
    frame.after(next)
  }
  const swap = () => {
    const old = frame
    // No page of ours may stand in a frame, so links lead out of it; those to its own parts are told where that is.
    for (const link of next.contentDocument.links) {
      const address = link.getAttribute("href")
      if (address.startsWith("#")) link.href = `about:srcdoc${address}`
      else link.target = "_blank"
    }
    next.contentWindow.scrollTo({ top: old.contentWindow.scrollY, behavior: "instant" })
    delete next.dataset.next
    if (document.activeElement === old) next.focus()
    old.remove()
    frame = next
    next = undefined
  }

  const refresh = async () => {
    clearTimeout(timer)
    if (!isOpen()) return
    const body = typed()
    const words = body.toString()
    if (words === shown) return
    request?.abort()
    request = new AbortController()
    try {
      const options = { method: "POST", body, redirect: "manual", signal: request.signal }
      const answer = await fetch(room.dataset.typedUrl, options)
      if (answer.ok) {
        show(await answer.text())
        shown = words
        say("")
      } else {
        // Sent on to the page for signing in, or a token that belongs to another session
        const isSignedOut = answer.type === "opaqueredirect" || answer.status === 403
        say(isSignedOut ? room.dataset.signedOut : room.dataset.failed)
      }
    } catch (error) {
      if (error.name !== "AbortError") say(room.dataset.failed)
    }
  }
  const soon = (event) => {
    clearTimeout(timer)
    timer = setTimeout(refresh, event.type === "change" ? 0 : PAUSE)
  }

  const open = (isWanted) => {
    room.hidden = !isWanted
    toggle.textContent = isWanted ? toggle.dataset.close : toggle.dataset.open
    refresh()
  }
  toggle.addEventListener("click", () => {
    open(room.hidden)
    quietly(() => (room.hidden ? localStorage.removeItem(KEY) : localStorage.setItem(KEY, "open")))
  })
  wide.addEventListener("change", refresh)
  // Editors, select boxes, moved and removed blocks all change fields in their own ways, each after one of these.
  for (const type of ["input", "change", "click", "keyup", "drop", "paste"]) document.addEventListener(type, soon, true)

  toggle.hidden = false
  open(quietly(() => localStorage.getItem(KEY)) === "open")
}

if (room && form) start()
