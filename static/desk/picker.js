// The picture library in a native <dialog>; the server sends its list as HTML. The lead image and the editor's figures use it.
const dialog = document.getElementById("image-dialog"), box = document.querySelector(".picker")
const results = document.getElementById("image-results"), search = document.getElementById("image-search")
let chosen = () => {}, back = null, timer

async function load() {
  const answer = await fetch(box.dataset.url + "?q=" + encodeURIComponent(search.value))
  if (answer.ok && !answer.redirected) results.innerHTML = await answer.text()
  else results.textContent = gettext("The library does not answer. Try again.")
}
async function ask(then) {
  chosen = then
  back = document.activeElement
  await load()
  dialog.showModal()
  search.focus()
}
if (dialog && box) {
  search.addEventListener("input", () => { clearTimeout(timer); timer = setTimeout(load, 250) })
  search.addEventListener("keydown", (e) => e.key === "Enter" && e.preventDefault())
  results.addEventListener("click", (e) => {
    const picture = e.target.closest("button")
    if (!picture) return
    e.preventDefault()
    dialog.close()
    back?.focus()
    chosen(picture)
  })
  document.addEventListener("desk:pick", (e) => ask(e.detail.chosen))

  const value = box.querySelector("input"), figure = box.querySelector("figure"), none = box.querySelector(".none")
  const choose = box.querySelector("[aria-haspopup]"), remove = box.querySelector("[data-remove]")
  const show = (picture) => {
    value.value = picture?.value ?? ""
    figure.hidden = remove.hidden = !picture
    none.hidden = !!picture
    if (picture) {
      figure.querySelector("img").src = picture.dataset.src
      figure.querySelector("img").alt = picture.dataset.alt || picture.dataset.title
      figure.querySelector(".picker-title").textContent = picture.dataset.title
      figure.querySelector(".picker-credit").textContent = picture.dataset.credit
    }
    value.dispatchEvent(new Event("input", { bubbles: true }))
  }
  choose.addEventListener("click", () => ask(show))
  remove.addEventListener("click", () => { show(null); choose.focus() })
}
