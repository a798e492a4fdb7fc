// The list of services: one row for each, those of a nested supervisor below it.

import { attribute, element, mark, reconcile, setMark, text } from "./dom.js";
import { addressOf, count, duration, isTrouble, shortName, stateOf } from "./words.js";

const ENOUGH_TO_SEARCH = 8;

export class Tree {
  #list;
  #search;
  #searchField;
  #troubleOnly;
  #empty;
  #view = null;
  #selected = null;

  constructor(root) {
    this.#list = root.querySelector("#services");
    this.#search = root.querySelector("#search");
    this.#searchField = root.querySelector("#search-field");
    this.#troubleOnly = root.querySelector("#trouble-only");
    this.#empty = root.querySelector("#no-services");
    this.#search.addEventListener("input", () => this.#draw());
    this.#troubleOnly.addEventListener("change", () => this.#draw());
  }

  /** Shows what is, and which service is selected. */
  show(view, selected) {
    this.#view = view;
    this.#selected = selected;
    this.#draw();
  }

  #draw() {
    if (!this.#view) {
      return;
    }
    const { services, trees, now } = this.#view;
    const wanted = this.#search.value.trim().toLowerCase();
    const shown = services.filter(
      (service) =>
        service.Id.toLowerCase().includes(wanted) &&
        (!this.#troubleOnly.checked || isTrouble(service)));
    attribute(this.#searchField, "hidden", services.length < ENOUGH_TO_SEARCH && wanted === "");
    attribute(this.#empty, "hidden", shown.length > 0);
    text(this.#empty, services.length === 0
      ? "There are no services."
      : "No service fits. Change the search, or untick “only what needs attention”.");
    reconcile(this.#list, inTreeOrder(shown), (service) => service.bean, createRow,
      (row, service) => {
        updateRow(row, service, now);
        attribute(row.firstChild, "aria-current", service.bean === this.#selected ? "true" : null);
        attribute(row, "data-tree", trees.length > 1 ? service.tree : null);
      });
  }
}

/** A supervisor before its children, and these in the order of the names. */
function inTreeOrder(services) {
  return [...services].sort((a, b) => {
    const left = a.key.split("/");
    const right = b.key.split("/");
    for (let i = 0; i < Math.min(left.length, right.length); i++) {
      if (left[i] !== right[i]) {
        return left[i].localeCompare(right[i], "en", { numeric: true });
      }
    }
    return left.length - right.length;
  });
}

function createRow() {
  const name = element("span", { class: "name" });
  const state = element("span", { class: "state" }, element("span"), element("span", { class: "since" }));
  const note = element("span", { class: "note" });
  return element("li", {}, element("a", { class: "row" }, mark(), name, state, note));
}

function updateRow(row, service, now) {
  const link = row.firstChild;
  const [svg, name, state, note] = link.children;
  const { tone, word } = stateOf(service);
  attribute(link, "href", addressOf(service.key));
  attribute(row, "data-depth", Math.min(service.Id.split("/").length - 1, 6));
  attribute(row, "data-tone", tone);
  setMark(svg, tone);
  text(name, shortName(service.Id));
  text(state.firstChild, word);
  text(state.lastChild, ` ${sinceWords(service, now)}`);
  text(note, noteOf(service, now));
  attribute(note, "hidden", note.textContent === "");
}

function sinceWords(service, now) {
  const millis = service.Pid === null ? now - service.SinceMillis : service.UptimeMillis;
  return duration(millis);
}

/** What is worth a line beside the state. */
function noteOf(service, now) {
  if (service.NextChangeTime !== null && isTrouble(service)) {
    return `next try in ${duration(service.NextChangeTime - now)}`;
  }
  if (isTrouble(service) || service.Phase === "WAITING") {
    return service.Reason;
  }
  return service.RestartCount > 0 ? count(service.RestartCount, "restart") : "";
}
