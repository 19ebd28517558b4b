// Posting without a change of page. Every word comes from the form's data-attributes or from the server.
// Without this script the form works in two steps.
const room = document.getElementById("comments")
const form = () => document.getElementById("form") // the server sends a new one with every answer
const control = (name) => form().elements.namedItem(name)
const parsed = (html) => Object.assign(document.createElement("template"), { innerHTML: html }).content.firstElementChild
const made = (tag, more) => Object.assign(document.createElement(tag), more)

const key = form()?.dataset.draft
const draft = (text) => {
  try { // private windows may have no storage
    if (text === undefined) return localStorage.getItem(key)
    if (text.trim()) localStorage.setItem(key, text)
    else localStorage.removeItem(key)
  } catch { return null }
}

function say(words, role, ...buttons) {
  room.querySelector(".form .notice")?.remove()
  const notice = made("p", { className: "notice", role })
  form().querySelector("[type=submit]").before(notice)
  notice.append(words, ...buttons)
}

function answer(link) {
  const name = document.querySelector(`#n${link?.dataset.reply} bdi`)
  const before = document.querySelector(`[data-reply="${control("parent").value}"]`)
  const shown = form().querySelector(".answering")
  control("parent").value = link?.dataset.reply ?? ""
  shown.hidden = !link
  shown.querySelector("bdi").textContent = name?.textContent ?? ""
  shown.querySelector("blockquote")?.remove();
  (link ? control("body") : before ?? control("body")).focus()
}

function put(item, parent) {
  const above = parent && document.getElementById(`c${parent}`)
  let list = above ? above.parentElement.querySelector(":scope > .replies") : room.querySelector(".thread")
  if (!list) {
    list = made("ol", { className: above ? "replies" : "thread" });
    (above ?? room.querySelector("header")).after(list)
    room.querySelector(".empty")?.remove()
  }
  list.append(item)
  item.firstElementChild.focus()
}

function accepted({ html, parent, notice, form: fresh }) {
  const [name, email] = [control("name").value, control("email").value]
  form().replaceWith(parsed(fresh))
  control("name").value = name
  control("email").value = email
  draft("")
  say(notice, "status")
  put(parsed(html), parent)
}

function refused({ form: again }) {
  form().replaceWith(parsed(again))
  form().querySelector(".errors").focus()
}

async function send() {
  const button = form().querySelector("[type=submit]")
  const label = button.textContent
  button.disabled = true
  button.textContent = form().dataset.sending
  let status, answer = {}
  try {
    const response = await fetch(form().action, {
      method: "POST",
      body: new URLSearchParams(new FormData(form())),
      headers: { Accept: "application/json", "X-Newsroom": "talk" },
    })
    status = response.status
    answer = await response.json()
  } catch { /* said below */ }
  button.disabled = false
  button.textContent = label
  if (status === 201) accepted(answer)
  else if (answer.form) refused(answer)
  else say(answer.notice ?? form().dataset.failed, "alert")
}

function offerDraft(kept) {
  const { offer, restore, discard } = form().dataset
  const choice = (textContent, then) => made("button", {
    textContent, type: "button", className: "btn btn--quiet",
    onclick() { then(); this.parentElement.remove(); control("body").focus() },
  })
  say(offer, "status", choice(restore, () => { control("body").value = kept }), choice(discard, () => draft("")))
}

function listen() {
  room.addEventListener("submit", (event) => {
    event.preventDefault()
    send()
  })
  room.addEventListener("input", (event) => event.target.name === "body" && draft(event.target.value))
  room.addEventListener("click", (event) => {
    const link = event.target.closest("[data-reply], [data-cancel]")
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return
    event.preventDefault()
    answer(link.dataset.reply ? link : null)
  })
  form().querySelector(".errors")?.focus()
  if (draft() && !control("body").value) offerDraft(draft())
}

if (form()) listen() // there is none where comments are closed
