// A click on the picture sets its focal point. The two numbers stay for the keyboard, and say what was set.
const picture = document.querySelector("img.as-it-is"), across = document.getElementById("id_focal_x"), down = document.getElementById("id_focal_y")
if (picture && across && down) {
  const frame = document.createElement("div"), mark = document.createElement("i")
  frame.className = "focus"
  picture.replaceWith(frame)
  frame.append(picture, mark)
  const place = () => { mark.style.left = 100 * across.value + "%"; mark.style.top = 100 * down.value + "%" } // a place in the picture, the same in every script
  picture.addEventListener("click", (e) => {
    const box = picture.getBoundingClientRect()
    across.value = ((e.clientX - box.left) / box.width).toFixed(2)
    down.value = ((e.clientY - box.top) / box.height).toFixed(2)
    place()
  })
  for (const field of [across, down]) field.addEventListener("input", place)
  place()
}
