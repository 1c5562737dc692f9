// Names for the controls of the admin that bring none of their own, for screen readers and voice control:
// the rich text editor, select2, fields in lists, and content-editor's list of regions. All others have labels.

const name = (element, text) => {
  if (text && !element.hasAttribute("aria-label")) element.setAttribute("aria-label", text)
}

const labelOf = (field) => {
  const label = field?.id && document.querySelector(`label[for="${CSS.escape(field.id)}"]`)
  return label ? label.textContent.trim().replace(/:$/, "") : field?.ariaLabel ?? ""
}

const nameAll = (root) => {
  for (const editor of root.querySelectorAll(".tiptap")) {
    const row = editor.closest(".form-row, .field-box") ?? editor.closest(".prose-editor")?.parentElement
    name(editor, labelOf(row?.querySelector("textarea")))
  }
  for (const selection of root.querySelectorAll(".select2-selection")) {
    const label = labelOf(selection.closest(".select2")?.previousElementSibling)
    selection.removeAttribute("aria-labelledby")
    const shown = selection.querySelector(".select2-selection__rendered")
    name(selection, label)
    if (shown) name(shown, label)
  }
  for (const field of root.querySelectorAll(".select2-search__field")) name(field, field.closest("[role]")?.ariaLabel || "Search")
  for (const field of root.querySelectorAll("#result_list td[class^=field-] :is(input, select):not([type=hidden])")) {
    const cell = field.closest("td")
    const column = cell.closest("table").tHead.rows[0].cells[cell.cellIndex].innerText.trim()
    name(field, `${column}: ${cell.parentElement.querySelector("th").innerText.trim()}`)
  }
  // Django's own date and time in two fields, under one label that belongs to neither
  for (const field of root.querySelectorAll(".datetime input")) {
    const label = field.closest(".form-row")?.querySelector("label, legend")?.textContent.trim().replace(/:$/, "")
    name(field, `${label}, ${field.classList.contains("vTimeField") ? "time" : "date"}`)
  }
  // The empty corner above a table of rows heads nothing.
  for (const corner of root.querySelectorAll(".tabular th:empty")) corner.role = "cell"
  for (const hint of root.querySelectorAll("span.help-tooltip[aria-label]")) hint.role = "img"
  for (const select of root.querySelectorAll("select.inline_move_to_region")) name(select, "Move to another part of the page")
}

nameAll(document)
// Editors and select boxes are also made later, when a block is added.
new MutationObserver(() => nameAll(document)).observe(document.body, { childList: true, subtree: true })
