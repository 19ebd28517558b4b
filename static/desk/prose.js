// The paper's own nodes in the prose editor: pictures from the library, pull quotes, embedded posts; and clean pasting.
import { Extension, Node, Plugin, gettext, mergeAttributes, updateAttrsDialog } from "django-prose-editor/editor"

const AFTER = { type: "paragraph" } // where one goes on writing; else the next key would replace the node
const own = (item) => ({ groups: "nodes", ...item })

// A figure keeps the number of its picture and a caption. The press takes everything else from the library.
export const LibraryFigure = Node.create({
  name: "libraryFigure", group: "block", content: "inline*", draggable: true, isolating: true,
  addOptions() { return { picture: "" } }, // the address of picture 0
  addAttributes() {
    return { image: { default: null, parseHTML: (el) => el.getAttribute("data-image-id"), renderHTML: ({ image }) => ({ "data-image-id": image }) } }
  },
  parseHTML() { return [{ tag: "figure[data-image-id]", contentElement: (el) => el.querySelector("figcaption") ?? document.createElement("figcaption") }] },
  renderHTML({ node, HTMLAttributes }) {
    const src = this.options.picture.replace("/0/", `/${Number(node.attrs.image)}/`)
    return ["figure", mergeAttributes(HTMLAttributes), ["img", { src, alt: "" }], ["figcaption", 0]]
  },
  addMenuItems({ buttons, menu }) {
    menu.defineItem(own({
      name: "libraryFigure", button: buttons.material("image", gettext("Picture")), active: (e) => e.isActive("libraryFigure"),
      command: (editor) => document.dispatchEvent(new CustomEvent("desk:pick", { detail: { chosen(picture) {
        if (editor.isActive("libraryFigure")) return editor.chain().focus().updateAttributes("libraryFigure", { image: picture.value }).run()
        const words = picture.dataset.caption
        editor.chain().focus().insertContent([{ type: "libraryFigure", attrs: { image: picture.value }, content: words ? [{ type: "text", text: words }] : [] }, AFTER]).run()
      } } })),
    }))
  },
})

export const PullQuote = Node.create({
  name: "pullQuote", group: "block", content: "paragraph+", defining: true,
  parseHTML() { return [{ tag: "aside.pullquote" }] },
  renderHTML({ HTMLAttributes }) { return ["aside", mergeAttributes(HTMLAttributes, { class: "pullquote" }), 0] },
  addMenuItems({ buttons, menu }) {
    menu.defineItem(own({
      name: "pullQuote", button: buttons.material("campaign", gettext("Pull quote")), active: (e) => e.isActive("pullQuote"),
      command: (editor) => editor.chain().focus().toggleWrap("pullQuote").run(),
    }))
  },
})

// A post elsewhere, by its address. Nothing of a third party is loaded: the press prints a link.
export const Embed = Node.create({
  name: "embed", group: "block", atom: true, draggable: true,
  addAttributes() {
    return { url: { default: null, parseHTML: (el) => el.getAttribute("data-embed-url"), renderHTML: ({ url }) => ({ "data-embed-url": url }) } }
  },
  parseHTML() { return [{ tag: "div[data-embed-url]" }] },
  renderHTML({ node, HTMLAttributes }) { return ["div", mergeAttributes(HTMLAttributes), ["a", { href: node.attrs.url }, node.attrs.url]] },
  addMenuItems({ buttons, menu }) {
    const ask = updateAttrsDialog({ url: { type: "string", format: "url", title: gettext("Address"), required: true } }, { title: gettext("Video or post"), submitText: gettext("Insert") })
    menu.defineItem(own({
      name: "embed", button: buttons.material("smart_display", gettext("Video or post")), active: (e) => e.isActive("embed"),
      command: async (editor) => {
        const given = await ask(editor, editor.getAttributes("embed"))
        if (given && /^https?:\/\//.test(given.url)) editor.chain().focus().insertContent([{ type: "embed", attrs: { url: given.url } }, AFTER]).run()
      },
    }))
  },
})

// What word processors put on the clipboard: headings of the first level, lists that are only drawn, links through a search engine.
function cleaned(html) {
  const page = new DOMParser().parseFromString(html, "text/html")
  for (const old of page.querySelectorAll("h1")) { const h2 = page.createElement("h2"); h2.append(...old.childNodes); old.replaceWith(h2) }
  for (const b of page.querySelectorAll('b[style*="font-weight:normal"], b[style*="font-weight: normal"]')) b.replaceWith(...b.childNodes)
  for (const a of page.querySelectorAll('a[href*="google.com/url"]')) a.href = new URL(a.href).searchParams.get("q") ?? a.href
  for (const p of page.querySelectorAll('p[class*="MsoListParagraph"], p[style*="mso-list"]')) {
    const marker = p.textContent.match(/^\s*(?:([·•o§–-])|(\d+|[a-z])[.)])[\s\u00a0]+/)
    if (!marker) continue
    const kind = marker[1] ? "UL" : "OL"
    const before = p.previousElementSibling
    const list = before?.tagName === kind && before.dataset.drawn ? before : page.createElement(kind)
    list.dataset.drawn = "1"
    const item = page.createElement("li")
    item.textContent = p.textContent.slice(marker[0].length)
    list.append(item)
    list === before ? p.remove() : p.replaceWith(list)
  }
  return page.body.innerHTML
}
export const OfficePaste = Extension.create({
  name: "officePaste",
  addProseMirrorPlugins() { return [new Plugin({ props: { transformPastedHTML: cleaned } })] },
})
