// Says every half minute that this form is open, and shows who else has it open. Without it the page says so once.

const EVERY = 30_000 // milliseconds; the server counts people seen in the last two minutes

const shown = document.querySelector("[data-presence]")
const token = document.querySelector("[name=csrfmiddlewaretoken]")?.value

// Only what is new is written: a screen reader says whatever is.
const show = (sentence) => {
  if (shown.textContent.trim() !== sentence) shown.textContent = sentence
}

const beat = async () => {
  try {
    const options = { method: "POST", headers: { "X-CSRFToken": token }, redirect: "manual" }
    const answer = await fetch(shown.dataset.presence, options)
    if (answer.ok) show((await answer.json()).sentence)
    // Sent on to the page for signing in, or a token that belongs to another session
    else if (answer.type === "opaqueredirect" || answer.status === 403) show(shown.dataset.signedOut)
  } catch {
    // The connection is away; the next beat may find it again.
  }
}

if (shown && token) {
  setInterval(beat, EVERY)
  document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && beat())
}
