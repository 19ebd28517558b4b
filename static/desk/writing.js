// The writing column: fields that grow, character guides, the editor's name, word count, the main button's word.
const LATIN_WPM = 220, NASTALIQ_WPM = 180
for (const field of document.querySelectorAll("textarea.grow")) {
  const guide = document.querySelector(`.guide[data-for="${field.id}"]`)
  const oneLine = field.hasAttribute("maxlength")
  const fit = () => {
    if (!CSS.supports("field-sizing", "content")) { field.style.height = "auto"; field.style.height = field.scrollHeight + "px" }
    if (!guide) return
    const { low, high } = guide.dataset, n = [...field.value].length
    guide.querySelector("b").textContent = n
    guide.querySelector("i").style.inlineSize = Math.min(100, (100 * n) / high) + "%"
    guide.dataset.state = n && n < low ? "short" : n > high ? "long" : "good"
  }
  field.addEventListener("input", fit)
  if (oneLine) field.addEventListener("keydown", (e) => e.key === "Enter" && !e.isComposing && e.preventDefault())
  fit()
}

// The story's language, not the desk's, decides how its text is read aloud and set.
const edition = document.getElementById("id_edition")
const languages = JSON.parse(edition?.dataset.languages ?? "{}")
const language = () => languages[edition?.value] ?? document.getElementById("id_headline").lang
edition?.addEventListener("change", () => document.querySelectorAll(".write [lang]").forEach((el) => (el.lang = language())))

const body = document.getElementById("id_body")
const label = document.querySelector('label[for="id_body"]')
if (label) label.id = "id_body-label"
const count = document.createElement("p")
count.className = "word-count"
const tally = () => {
  const words = (body.value.replace(/<[^>]+>/g, " ").match(/[^\s\u00a0]+/g) ?? []).length
  const wpm = language() === "ur" ? NASTALIQ_WPM : LATIN_WPM
  const minutes = Math.max(1, Math.round(words / wpm))
  count.textContent = interpolate(ngettext("%s word", "%s words", words), [words]) + (words ? " · " + interpolate(ngettext("%s minute to read", "%s minutes to read", minutes), [minutes]) : "")
}
// The toolbar comes after the "ready" event, and its buttons have a ligature for a name: give them their titles, and say which are on.
function nameToolbar(frame) {
  const bar = frame.querySelector(".prose-menubar")
  if (!bar) return
  bar.setAttribute("role", "group")
  bar.setAttribute("aria-label", gettext("Formatting"))
  for (const button of bar.querySelectorAll("button[title]")) {
    const name = gettext(button.title)
    if (button.title !== name) button.title = name
    if (button.ariaLabel !== name) button.ariaLabel = name
    button.ariaPressed = String(button.classList.contains("active"))
  }
}
document.addEventListener("prose-editor:ready", ({ detail: { editor, textarea } }) => {
  const box = editor.view.dom, frame = textarea.closest(".prose-editor")
  box.setAttribute("aria-labelledby", label.id)
  box.setAttribute("aria-multiline", "true")
  box.dir = "auto"
  box.lang = language()
  new MutationObserver(() => nameToolbar(frame)).observe(frame, { childList: true, subtree: true, attributeFilter: ["class", "title"] })
  nameToolbar(frame)
  label.addEventListener("click", () => editor.commands.focus())
  frame.after(count)
  tally()
  // whoever listens to the form hears the editor as if it were a text area
  editor.on("update", () => { textarea.dispatchEvent(new Event("input", { bubbles: true })); tally() })
})

// Stock change_form.js gives the focus of a new form to its first control, which here is the action bar.
if (document.getElementById("django-admin-form-add-constants")?.dataset.modelName && !document.querySelector(".errornote")) addEventListener("load", () => document.getElementById("id_headline").focus())

const main = document.querySelector("[data-schedule]"), at = document.getElementById("id_publish_at")
const word = () => (main.textContent = at.value && new Date(at.value) > new Date() ? main.dataset.schedule : main.dataset.now)
if (main && at) { at.addEventListener("input", word); word() }

document.addEventListener("keydown", (e) => {
  if ((e.ctrlKey || e.metaKey) && !e.altKey && e.key === "s") { e.preventDefault(); document.querySelector('.action-bar [name="_save"]').click() }
})

// What is typed and not saved: said in the action bar, and asked about before the page is left.
const form = document.getElementById("story_form"), unsaved = document.getElementById("unsaved")
let dirty = !!document.querySelector(".errornote")
const tell = () => (unsaved.textContent = dirty ? gettext("Not saved yet") : "")
form?.addEventListener("input", () => { if (!dirty) { dirty = true; tell() } })
form?.addEventListener("change", () => { if (!dirty) { dirty = true; tell() } })
form?.addEventListener("submit", (e) => { if (!e.submitter?.formTarget) dirty = false })
addEventListener("beforeunload", (e) => dirty && e.preventDefault())
tell()

// Suggestions (authors, translations) come from the edition that stands in the form.
django.jQuery.ajaxPrefilter((request) => {
  if (!request.url.includes("/autocomplete/")) return
  const code = edition?.value ?? document.querySelector("[data-edition]")?.dataset.edition
  if (code) request.url += (request.url.includes("?") ? "&" : "?") + `edition=${encodeURIComponent(code)}`
})
