// Fetches the words of the page's language while its program is on its way, and says what is wrong while there are
// none. The build writes the files' names in place of the name below, by program and language. A name has a digest of
// the file in it, and the program asks by the name that it was built with, so it gets no words of another build.
const NAMES = __WORDS__;

const begun = new Map();

async function fetched(name) {
  const response = await fetch(`./${name}`);
  if (!response.ok) throw new Error(`${name}: ${response.status}`);
  return response.text();
}

// The text of a file. What has failed is tried again the next time.
export function textOf(name) {
  if (!begun.has(name)) {
    const text = fetched(name);
    text.catch(() => begun.delete(name));
    begun.set(name, text);
  }
  return begun.get(name);
}

function chosenLanguage() {
  try {
    return localStorage.getItem("language") ?? navigator.language;
  } catch {
    // Where storage is refused nothing was kept.
    return navigator.language;
  }
}

// Begins to fetch what the program will ask for. It chooses the language itself, by the same rule.
export function begin(program) {
  const names = NAMES[program];
  const language = chosenLanguage().split(/[-_]/)[0].toLowerCase();
  // What failed is told when the program asks for it.
  textOf(names[language] ?? names.en).catch(() => {});
}

// Puts a sentence in each language in place of "loading".
export function tell(english, chinese) {
  const place = document.querySelector(".skeleton [role=status]");
  if (!place) return;
  document.querySelector(".skeleton .late")?.remove();
  place.textContent = `${english} ${chinese}`;
}

// What the program calls that has no words.
export function tellMissing(detail) {
  tell(
    `Assay could not load its words (${detail}). Reload the page. If it stays so, the server lacks this file, or has ` +
      `another version of it.`,
    `Assay 无法加载界面文字（${detail}），请重新加载页面。如果问题依旧，说明服务器上缺少该文件，或文件的版本不一致。`,
  );
}
