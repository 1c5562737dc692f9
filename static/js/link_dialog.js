// The dialog for links of the rich text editor refuses, in words, an address that the server would take out of the
// text. It is the editor's own dialog, and asks the browser whether its fields are valid before it closes. The words
// are in the template (templates/admin/publishing/_text_words.html).

const KNOWN = /^(?:https?|mailto|tel):/i
const ANY = /^[a-z][a-z0-9+.-]*:/i
const IGNORED_BY_BROWSERS = /[\x00-\x20]+/g

const words = document.getElementById("text-words").dataset
const faultOf = (address) => {
  const read = address.replace(IGNORED_BY_BROWSERS, "")
  if (!read) return words.noAddress
  return ANY.test(read) && !KNOWN.test(read) ? words.badAddress : ""
}

document.addEventListener("click", (event) => {
  const button = event.target.closest?.(".prose-editor-dialog [type=submit]")
  const address = button?.form.elements.href
  address?.setCustomValidity(faultOf(address.value))
}, true)

document.addEventListener("input", (event) => {
  if (event.target.matches(".prose-editor-dialog [name=href]")) event.target.setCustomValidity("")
}, true)
