// The last lines of a service, and those that come.

import { attribute, element, text } from "./dom.js";

const LINES_MAX = 2000;
/** Lines from memory begin with the number of the run, lines from files with their time. */
const WRITER = /^(\d+)(?: (stdout|stderr))?: /;
const TIME = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z) /;
/** How near to the end somebody must be to be at the end. */
const NEAR_PIXELS = 24;

export class Log {
  #root;
  #lines;
  #follow;
  #note;
  #bean = null;
  #seen = [];
  #run = null;

  constructor(root) {
    this.#root = root.querySelector("#log");
    this.#lines = root.querySelector("#log-lines");
    this.#follow = root.querySelector("#follow");
    this.#note = root.querySelector("#log-note");
    this.#follow.addEventListener("change", () => this.#toEnd());
    const wrap = root.querySelector("#wrap");
    const wrapped = () => this.#root.classList.toggle("wrapped", wrap.checked);
    wrap.checked = matchMedia("(max-width: 48rem)").matches;
    wrap.addEventListener("change", wrapped);
    wrapped();
    // Who scrolls up wants to read, and who scrolls down to the end wants to go on.
    this.#root.addEventListener("scroll", () => {
      this.#follow.checked = this.#atEnd();
    }, { passive: true });
  }

  /** Shows what is kept of a service now; what was shown before and is no longer kept stays. */
  show(bean, tail, problem) {
    if (bean !== this.#bean) {
      this.#bean = bean;
      this.#follow.checked = true;
      this.#clear();
    } else if (isFromFile(this.#seen) !== isFromFile(tail)) {
      this.#clear();
    }
    const news = newLines(this.#seen, tail);
    if (news.gap) {
      this.#lines.append(divider("some lines came and went in between"));
    }
    this.#lines.append(...news.lines.flatMap((line) => this.#entry(line)));
    this.#seen = tail;
    while (this.#lines.childElementCount > LINES_MAX) {
      this.#lines.firstChild.remove();
    }
    const none = this.#lines.childElementCount === 0;
    text(this.#note, problem || (none
      ? "It has written nothing that is kept." : ""));
    attribute(this.#note, "hidden", this.#note.textContent === "");
    attribute(this.#root, "hidden", none);
    if (news.lines.length > 0) {
      this.#toEnd();
    }
  }

  #clear() {
    this.#seen = [];
    this.#run = null;
    this.#lines.replaceChildren();
  }

  #entry(line) {
    const written = TIME.exec(line);
    if (written) {
      const time = new Date(written[1]);
      return [element("li", {},
        element("time", { datetime: written[1] }, time.toLocaleTimeString("en-GB")),
        line.slice(written[0].length))];
    }
    const writer = WRITER.exec(line);
    const entry = element("li", { "data-stream": writer?.[2] });
    entry.textContent = writer ? line.slice(writer[0].length) : line;
    const run = writer ? writer[1] : this.#run;
    if (run === this.#run) {
      return [entry];
    }
    this.#run = run;
    return [divider(`run ${run}`), entry];
  }

  #toEnd() {
    if (this.#follow.checked) {
      this.#root.scrollTop = this.#root.scrollHeight;
    }
  }

  #atEnd() {
    const { scrollTop, scrollHeight, clientHeight } = this.#root;
    return scrollHeight - scrollTop - clientHeight < NEAR_PIXELS;
  }
}

function isFromFile(lines) {
  return lines.length > 0 && TIME.test(lines.at(-1));
}

function divider(words) {
  return element("li", { class: "divider" }, words);
}

/** What is new in a tail: what comes after the longest end of the old one that it begins with. */
export function newLines(seen, tail) {
  for (let kept = Math.min(seen.length, tail.length); kept > 0; kept--) {
    const begin = seen.length - kept;
    let same = 0;
    while (same < kept && seen[begin + same] === tail[same]) {
      same++;
    }
    if (same === kept) {
      return { gap: false, lines: tail.slice(kept) };
    }
  }
  return { gap: seen.length > 0 && tail.length > 0, lines: tail };
}
