// Posting without a change of page; without this script the form works in two steps.
// All words come from the form's data-attributes or from the server.
const room = document.getElementById("comments")
const form = () => document.getElementById("form") // a new one comes with every answer
const find = (selector) => form().querySelector(selector)
const control = (name) => form().elements.namedItem(name)
const parsed = (html) => Object.assign(document.createElement("template"), { innerHTML: html }).content.firstElementChild
const made = (tag, more) => Object.assign(document.createElement(tag), more)

const key = form()?.dataset.draft
const draft = (text) => {
  try { // there may be no storage
    if (text === undefined) return localStorage.getItem(key)
    if (text.trim()) localStorage.setItem(key, text)
    else localStorage.removeItem(key)
  } catch { return null }
}

const hush = () => find(".notice")?.remove()
function say(words, role, ...buttons) {
  hush()
  const notice = made("p", { className: "notice", role })
  find("[type=submit]").before(notice)
  notice.append(words, ...buttons)
}

function reply(link) {
  const [parent, body] = [control("parent"), control("body")]
  const shown = find(".answering")
  const before = room.querySelector(`[data-reply="${parent.value}"]`)
  parent.value = link?.dataset.reply ?? ""
  shown.hidden = !link
  shown.querySelector("blockquote")?.remove()
  if (link) find("bdi").textContent = room.querySelector(`#n${parent.value}`).textContent
  const next = link ? body : before ?? body
  next.focus()
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
  const kept = ["name", "email"].map((field) => [field, control(field).value])
  form().replaceWith(parsed(fresh))
  for (const [field, value] of kept) control(field).value = value
  draft("")
  say(notice, "status")
  put(parsed(html), parent)
}

async function send() {
  const button = find("[type=submit]")
  const label = button.textContent
  button.disabled = true
  button.textContent = form().dataset.sending
  let answer = {}
  try {
    const response = await fetch(form().action, {
      method: "POST",
      body: new URLSearchParams(new FormData(form())),
      headers: { Accept: "application/json", "X-Newsroom": "talk" },
    })
    answer = await response.json()
  } catch { /* said below */ }
  button.disabled = false
  button.textContent = label
  if (answer.html) accepted(answer)
  else if (answer.form) {
    form().replaceWith(parsed(answer.form))
    find(".errors").focus()
  }
  else say(answer.notice ?? form().dataset.failed, "alert")
}

function offerDraft(kept) {
  const { offer, restore, discard } = form().dataset
  const choice = (textContent, text) => made("button", {
    textContent, type: "button", className: "btn btn--quiet",
    onclick() {
      control("body").value = text
      draft(text)
      hush()
      control("body").focus()
    },
  })
  say(offer, "status", choice(restore, kept), choice(discard, ""))
}

function listen() {
  const on = room.addEventListener.bind(room)
  on("submit", (event) => {
    event.preventDefault()
    send()
  })
  on("input", ({ target }) => {
    if (target.name !== "body") return
    hush()
    draft(target.value)
  })
  on("click", (event) => {
    const link = event.target.closest("[data-reply],[data-cancel]")
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return
    event.preventDefault()
    reply(link.dataset.reply && link)
  })
  find(".errors")?.focus()
  if (draft() && !control("body").value) offerDraft(draft())
}

if (form()) listen() // none where comments are closed
