// Tags: chips, and an ARIA combobox with a list box over the plain comma-separated input (which is what is posted).
for (const box of document.querySelectorAll(".tags-box")) {
  const plain = box.querySelector("input")
  const name = document.querySelector(`label[for="${plain.id}"]`)?.textContent.replace(/:$/, "") ?? ""
  const split = (text) => [...text.matchAll(/"([^"]+)"|([^,،"]+)/g)].map((m) => (m[1] ?? m[2]).trim()).filter(Boolean)
  let tags = split(plain.value), found = [], at = -1, asked = 0
  plain.type = "hidden"
  const chips = Object.assign(document.createElement("ul"), { className: "tag-chips" })
  const input = Object.assign(document.createElement("input"), { type: "text", autocomplete: "off", id: plain.id, dir: "auto" })
  plain.removeAttribute("id")
  const list = Object.assign(document.createElement("ul"), { id: input.id + "-list", className: "suggestions", hidden: true, role: "listbox" })
  list.setAttribute("aria-label", name)
  for (const [k, v] of Object.entries({ role: "combobox", "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": list.id })) input.setAttribute(k, v)
  box.append(chips, input, list)

  const draw = () => {
    plain.value = tags.map((t) => `"${t.replaceAll('"', "")}"`).join(", ")
    chips.hidden = !tags.length
    chips.replaceChildren(...tags.map((tag, i) => {
      const item = document.createElement("li"), drop = Object.assign(document.createElement("button"), { type: "button", textContent: "×" })
      drop.setAttribute("aria-label", box.dataset.remove + " " + tag)
      drop.addEventListener("click", () => { tags.splice(i, 1); changed(); input.focus() })
      item.append(Object.assign(document.createElement("bdi"), { textContent: tag }), drop)
      return item
    }))
  }
  const changed = () => { draw(); plain.dispatchEvent(new Event("input", { bubbles: true })) }
  const close = () => { found = []; at = -1; list.hidden = true; input.setAttribute("aria-expanded", "false"); input.removeAttribute("aria-activedescendant") }
  const add = (tag) => { tag = tag.trim(); if (tag && !tags.some((t) => t.toLowerCase() === tag.toLowerCase())) { tags.push(tag); changed() } input.value = ""; close() }
  const mark = () => {
    [...list.children].forEach((o, i) => o.setAttribute("aria-selected", i === at))
    at >= 0 ? input.setAttribute("aria-activedescendant", list.children[at].id) : input.removeAttribute("aria-activedescendant")
  }
  const suggest = async () => {
    const turn = ++asked, q = input.value.trim()
    if (!q) return close()
    const code = document.getElementById("id_edition")?.value ?? document.querySelector("[data-edition]")?.dataset.edition ?? ""
    const answer = await fetch(`${box.dataset.url}?q=${encodeURIComponent(q)}&edition=${encodeURIComponent(code)}`)
    if (!answer.ok || answer.redirected) return close()
    const got = (await answer.json()).tags
    if (turn !== asked) return
    found = got.filter((t) => !tags.includes(t.name)); at = -1
    list.replaceChildren(...found.map((t, i) => {
      const option = Object.assign(document.createElement("li"), { id: `${list.id}-${i}`, role: "option" })
      option.append(Object.assign(document.createElement("bdi"), { textContent: t.name }), Object.assign(document.createElement("span"), { className: "meta", textContent: t.count }))
      option.addEventListener("mousedown", (e) => { e.preventDefault(); add(t.name) })
      return option
    }))
    list.hidden = !found.length
    input.setAttribute("aria-expanded", String(!list.hidden))
    mark()
  }
  input.addEventListener("input", (e) => { e.stopPropagation(); /[,،]$/.test(input.value) ? add(input.value.slice(0, -1)) : suggest() })
  input.addEventListener("blur", () => { add(input.value); close() })
  input.addEventListener("keydown", (e) => {
    if (e.key === "ArrowDown" && found.length) { e.preventDefault(); at = (at + 1) % found.length; mark() }
    else if (e.key === "ArrowUp" && found.length) { e.preventDefault(); at = (at - 1 + found.length) % found.length; mark() }
    else if (e.key === "Enter") { e.preventDefault(); add(at >= 0 ? found[at].name : input.value) }
    else if (e.key === "Escape") close()
    else if (e.key === "Backspace" && !input.value && tags.length) { tags.pop(); changed() }
  })
  draw()
}
