// Where there is room beside the list, the filter stands open; a style sheet shows it so, this says it to programs too.
const wide = matchMedia("(min-width: 62rem)");
const follow = () => {
  for (const filter of document.querySelectorAll("details.filter")) filter.open ||= wide.matches;
};
wide.addEventListener("change", follow);
follow();
