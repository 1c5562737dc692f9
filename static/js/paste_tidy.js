// What is pasted into the rich text editor from a word processor or a web page, made ready for what a text can hold:
// Word's paragraphs with a mark in front become lists, and the cells of a table do not run into each other. Without
// this module the words come all the same; the server holds them to the allowed set in any case. What a text cannot
// hold is named beside the editor, with the kind of block that is made for it; the sentences are in the template
// (templates/admin/publishing/_text_words.html).

const OWN = /data-pm-slice/ // copied in our own editor
const LEVEL = /\sstyle=(["'])(?:(?!\1)[^])*?mso-list:\s*l\d+\s+level(\d)(?:(?!\1)[^])*\1/gi
const MARK = /\sstyle=(["'])(?:(?!\1)[^])*?mso-list:\s*Ignore(?:(?!\1)[^])*\1/gi
// Our policy would complain about each of these.
const STYLES_AND_HANDLERS = /<style[\s>][^]*?<\/style>|\s(?:style|on\w+)=(["'])(?:(?!\1)[^])*\1/gi

const listsOf = (page) => {
  for (const first of page.querySelectorAll("[data-level]")) {
    if (!first.isConnected) continue // taken into a list already
    const items = [first]
    while (items.at(-1).nextElementSibling?.matches("[data-level]")) items.push(items.at(-1).nextElementSibling)
    const place = page.createElement("div")
    first.before(place)
    const open = [] // the lists that an item may join, one a level
    for (const item of items) {
      const mark = item.querySelector("[data-mark]")
      const isNumbered = /^\s*(?:\d+|[a-z]|[ivx]+)[.)]/i.test(mark?.textContent ?? "")
      mark?.remove()
      const level = Math.min(Number(item.dataset.level), open.length + 1)
      open.length = Math.min(open.length, level)
      if (open.length < level) {
        const list = page.createElement(isNumbered ? "ol" : "ul")
        ;(open.at(-1)?.lastElementChild ?? place).append(list)
        open.push(list)
      }
      const entry = page.createElement("li")
      entry.append(...item.childNodes)
      open.at(-1).append(entry)
      item.remove()
    }
    place.replaceWith(...place.childNodes)
  }
}

const OTHER_BLOCKS = {
  table: "table",
  picture: "img, picture, svg",
  heading: "h1, h2, h3, h4, h5, h6",
  video: "video, iframe, object, embed",
}

const sentencesOn = (page) => {
  const words = document.getElementById("text-words").dataset
  return Object.keys(OTHER_BLOCKS).filter((kind) => page.querySelector(OTHER_BLOCKS[kind])).map((kind) => words[kind])
}

// A sentence a line below the editor, until something else is pasted there.
const tell = (editor, sentences) => {
  let box = editor.parentElement.querySelector(":scope > .paste-told")
  if (!box) {
    box = Object.assign(document.createElement("div"), { className: "paste-told", role: "status" })
    editor.after(box)
  }
  box.replaceChildren(...sentences.map((sentence) => Object.assign(document.createElement("p"), { textContent: sentence })))
}

const tidied = (html) => {
  const marked = html.replace(LEVEL, ' data-level="$2"').replace(MARK, " data-mark").replace(STYLES_AND_HANDLERS, "")
  const page = new DOMParser().parseFromString(marked, "text/html")
  listsOf(page)
  for (const cell of page.querySelectorAll("td, th")) cell.append(" ")
  return { html: page.body.innerHTML, sentences: sentencesOn(page) }
}

const seen = new WeakSet()

document.addEventListener("paste", (event) => {
  const html = event.clipboardData?.getData("text/html")
  if (!html || OWN.test(html) || seen.has(event) || !event.target.closest?.(".tiptap")) return
  const data = new DataTransfer()
  const kept = tidied(html)
  tell(event.target.closest(".prose-editor"), kept.sentences)
  data.setData("text/html", kept.html)
  data.setData("text/plain", event.clipboardData.getData("text/plain"))
  const again = new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true })
  if (!again.clipboardData?.getData("text/html")) return // a browser that makes no such events pastes as it came
  seen.add(again)
  event.preventDefault()
  event.stopImmediatePropagation()
  event.target.dispatchEvent(again)
}, true)
