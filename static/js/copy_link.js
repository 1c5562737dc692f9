// A button that copies the address beside it. Without it, and where a browser gives no clipboard (a page without TLS),
// the address is a link to select and copy by hand.

const { copy, done, failed } = document.querySelector("script[data-copy]").dataset

for (const link of document.querySelectorAll("[data-to-copy] a")) {
  if (!navigator.clipboard) break
  const button = document.createElement("button")
  const voice = document.createElement("span")
  Object.assign(button, { type: "button", className: "button button--quiet", textContent: copy })
  voice.setAttribute("role", "status")
  button.addEventListener("click", async () => {
    voice.textContent = ""
    try {
      await navigator.clipboard.writeText(link.href)
      voice.textContent = done
    } catch {
      voice.textContent = failed // not allowed, or the page is not in front
    }
  })
  link.parentElement.append(" ", button, " ", voice)
}
