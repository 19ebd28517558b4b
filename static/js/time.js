// Says "1 hour ago" for what was printed today. The page itself holds the absolute date, so a cached copy is never wrong.
const UNITS = [["minute", 60], ["hour", 3600]];
const language = document.documentElement.lang === "ur" ? "ur-u-nu-latn" : document.documentElement.lang;
const words = new Intl.RelativeTimeFormat(language, { numeric: "always" });

function since(seconds) {
  if (seconds < 0 || seconds >= 86400) return null;
  const [unit, length] = seconds < 3600 ? UNITS[0] : UNITS[1];
  return words.format(-Math.max(1, Math.floor(seconds / length)), unit);
}

export function refresh(root = document) {
  for (const time of root.querySelectorAll("time[data-ago]")) {
    time.title ||= time.textContent;
    time.textContent = since((Date.now() - Date.parse(time.dateTime)) / 1000) ?? time.title;
  }
}

refresh();
setInterval(() => refresh(), 60000);
