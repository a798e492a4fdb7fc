// All about one service.

import { attribute, element, mark, reconcile, setMark, text } from "./dom.js";
import { Log } from "./log.js";
import { addressOf, bytes, cpu, duration, exit, lower, shortName, stateOf } from "./words.js";

export class Detail {
  #root;
  #mark = mark("idle");
  #log;

  constructor(root) {
    this.#root = root;
    this.#log = new Log(root);
    this.#find("#detail-state").prepend(this.#mark);
  }

  show(service, detail, now) {
    const { tone, word } = stateOf(service);
    const above = service.Id.split("/").slice(0, -1);
    text(this.#find("#detail-above"), above.length > 0 ? above.join(" / ") + " /" : "");
    text(this.#find("#detail-name"), shortName(service.Id));
    setMark(this.#mark, tone);
    attribute(this.#find("#detail-state"), "data-tone", tone);
    text(this.#find("#detail-word"), word);
    text(this.#find("#detail-reason"), sentence(service, now));
    this.#facts(service, detail, now);
    if (detail?.bean === service.bean) {
      this.#explanation(detail.explanation);
      this.#needs(detail.Dependencies ?? [], service.tree);
      this.#log.show(service.bean, detail.tail, detail.tailProblem);
      this.#exits(detail.LastExits ?? []);
      this.#destinations(detail.Destinations ?? []);
    }
  }

  #find(selector) {
    return this.#root.querySelector(selector);
  }

  #facts(service, detail, now) {
    const list = this.#find("#facts");
    reconcile(list, facts(service, detail?.ProcessFacts ?? null, now), ([name]) => name,
      ([name]) => element("div", {}, element("dt", {}, name), element("dd")),
      (row, [, value]) => text(row.lastChild, value));
  }

  /** Only if it goes on after the first line: that one repeats the state. */
  #explanation(lines) {
    attribute(this.#find("#why"), "hidden", lines.length < 2);
    lineList(this.#find("#why-lines"), lines);
  }

  #needs(needs, tree) {
    attribute(this.#find("#needs"), "hidden", needs.length === 0);
    reconcile(this.#find("#need-list"), needs, (each) => each.on,
      () => element("li", {}, mark(), element("a"), element("span")),
      (item, each) => {
        const [svg, link, state] = item.children;
        const { tone, word } = each.phase === null
          ? { tone: "bad", word: "not there" }
          : stateOf({ Phase: each.phase, Ready: each.ready, Paused: false });
        setMark(svg, tone);
        attribute(link, "href", addressOf(`${tree}/${each.on}`));
        text(link, each.on);
        text(state, word);
        attribute(item, "data-tone", tone);
      });
  }

  #exits(exits) {
    attribute(this.#find("#exits"), "hidden", exits.length === 0);
    reconcile(this.#find("#exit-rows"), exits, (each) => String(each.incarnation), createRow(5),
      (row, each) => cells(row, [
        String(each.incarnation),
        exit(each),
        lower(each.cause),
        duration(each.ranMillis),
        each.peakMemoryBytes === null ? "–" : bytes(each.peakMemoryBytes),
      ]));
  }

  #destinations(destinations) {
    attribute(this.#find("#destinations"), "hidden", destinations.length === 0);
    reconcile(this.#find("#destination-rows"), destinations, (each) => each.place, createRow(4),
      (row, each) => cells(row, [
        each.place,
        lower(each.state) + (each.lastFailure ? `: ${each.lastFailure}` : ""),
        bytes(each.waitingBytes),
        bytes(each.lostBytes),
      ]));
  }
}

/** The state as a sentence: why, and what comes next. */
function sentence(service, now) {
  const next = service.NextChangeTime;
  const until = next === null ? "" : duration(next - now);
  const coming = {
    BACKOFF: ` Next try in ${until}.`,
    QUARANTINED: ` Will be released in ${until}.`,
    STOPPING: ` Next step of the stop in ${until}.`,
  };
  const said = service.Status ? ` It says: ${service.Status}` : "";
  const reason = service.Reason === stateOf(service).word ? "" : `${capital(service.Reason)}.`;
  return (reason + (next === null ? "" : coming[service.Phase] ?? "") + said).trim();
}

function capital(words) {
  return words.charAt(0).toUpperCase() + words.slice(1);
}

function facts(service, process, now) {
  const rows = [["Wanted", lower(service.Desire)]];
  if (service.Kind !== null && service.Kind !== "PROCESS") {
    rows.push(["Kind", lower(service.Kind)]);
  }
  if (service.Pid !== null) {
    rows.push(["Process", String(service.Pid)]);
  }
  rows.push(service.UptimeMillis > 0
    ? ["Up for", duration(service.UptimeMillis)]
    : ["Since", `${duration(now - service.SinceMillis)} ago`]);
  if (process) {
    rows.push(["Memory", bytes(process.residentBytes)]);
    rows.push(["CPU time", cpu(process.userMillis + process.systemMillis)]);
    rows.push(["Threads", String(process.threads)]);
  }
  rows.push(["Starts", service.LaunchCount.toLocaleString("en")]);
  rows.push(["Restarts", service.RestartCount.toLocaleString("en")]);
  if (service.LaunchFailureCount > 0) {
    rows.push(["Failed starts", String(service.LaunchFailureCount)]);
  }
  if (service.OutputLostBytes > 0) {
    rows.push(["Output lost", bytes(service.OutputLostBytes)]);
  }
  return rows;
}

function lineList(list, lines) {
  reconcile(list, lines.map((line, i) => [i, line]), ([i]) => String(i),
    () => element("li"), (item, [, line]) => text(item, line));
}

function createRow(width) {
  return () => element("tr", {}, ...Array.from({ length: width }, () => element("td")));
}

function cells(row, values) {
  values.forEach((value, i) => text(row.children[i], value));
}
