// The block editor and the rich text editor make their own <style> elements. Give these the nonce of this very
// script, so that the Content Security Policy lets them stand. A blocked style breaks the editor badly: it would
// turn every space into a no-break space, and save that. Runs before all modules.
{
  const { nonce } = document.currentScript
  const createElement = Document.prototype.createElement
  Document.prototype.createElement = function (name, options) {
    const element = createElement.call(this, name, options)
    if (element instanceof HTMLStyleElement) element.nonce = nonce
    return element
  }
}
