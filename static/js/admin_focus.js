// The focus of a picture by a click on it: writes the two number fields, which work without this.

for (const picture of document.querySelectorAll("img[data-focus]")) {
  const [x, y] = picture.dataset.focus.split(" ").map((selector) => document.querySelector(selector))
  if (!x || !y) continue
  const frame = document.createElement("span")
  const mark = document.createElement("span")
  Object.assign(frame.style, { position: "relative", display: "inline-block", cursor: "crosshair" })
  Object.assign(mark.style, {
    position: "absolute", width: "22px", height: "22px", margin: "-11px 0 0 -11px", borderRadius: "50%",
    border: "3px solid #fff", outline: "2px solid #000", pointerEvents: "none",
  })
  picture.replaceWith(frame)
  frame.append(picture, mark)

  const show = () => {
    mark.style.left = `${Math.min(100, Math.max(0, x.value))}%`
    mark.style.top = `${Math.min(100, Math.max(0, y.value))}%`
  }
  const percent = (part, whole) => Math.round(Math.min(1, Math.max(0, part / whole)) * 100)
  picture.addEventListener("click", (event) => {
    const box = picture.getBoundingClientRect()
    x.value = percent(event.clientX - box.left, box.width)
    y.value = percent(event.clientY - box.top, box.height)
    show()
  })
  for (const field of [x, y]) field.addEventListener("input", show)
  show()
}
