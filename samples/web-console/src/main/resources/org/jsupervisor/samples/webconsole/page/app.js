// Puts the parts together: token, polling, which service is selected, what is announced.

import { Actions } from "./actions.js";
import { Detail } from "./detail.js";
import { attribute, mark, setMark, text } from "./dom.js";
import { Host } from "./host.js";
import { Poll } from "./poll.js";
import { Tree } from "./tree.js";
import { count, isTrouble, stateOf, stateOfTree } from "./words.js";

const TOKEN = "jsupervisor-token";
const ANNOUNCE_MILLIS = 2000;

const $ = (selector) => document.querySelector(selector);

class App {
  #tree = new Tree(document);
  #detail = new Detail(document);
  #actions = new Actions(document, (...call) => this.#call(...call));
  #treeMark = mark("idle");
  #host = null;
  #poll = null;
  #view = null;
  #reachable = false;
  #retry = null;
  #words = new Map();
  #news = [];
  #announcing = null;

  start() {
    $("#tree-state").prepend(this.#treeMark);
    window.addEventListener("hashchange", () => this.#arrived());
    window.setInterval(() => this.#countDown(), 1000);
    $("#sign-in form").addEventListener("submit", (event) => {
      event.preventDefault();
      this.#signIn($("#token").value.trim());
    });
    $("#skip").addEventListener("click", (event) => {
      event.preventDefault();
      ($("#detail").hidden ? $("#choose") : $("#detail-name")).focus();
    });
    $("#try-now").addEventListener("click", () => this.#poll.now());
    const token = takeToken() ?? sessionStorage.getItem(TOKEN);
    if (token) {
      this.#signIn(token);
    } else {
      this.#askForToken("");
    }
  }

  #signIn(token) {
    sessionStorage.setItem(TOKEN, token);
    attribute($("#sign-in"), "hidden", true);
    $("#token").value = "";
    this.#host = new Host(token);
    this.#poll?.stop();
    this.#poll = new Poll(() => this.#host.look(this.#selectedBean()), {
      onAnswer: (view) => this.#onAnswer(view),
      onSilence: (silence) => this.#onSilence(silence),
      onWrongToken: () => this.#askForToken(
        "The host does not accept this token. It makes a new one at each start."),
    });
    this.#poll.now();
  }

  #askForToken(problem) {
    sessionStorage.removeItem(TOKEN);
    attribute($("#console"), "hidden", true);
    attribute($("#silence"), "hidden", true);
    attribute($("#sign-in"), "hidden", null);
    text($("#token-problem"), problem);
    $("#token").focus();
  }

  /** Another service was chosen, or somebody pasted an address with a token. */
  #arrived() {
    const token = takeToken();
    if (token) {
      this.#signIn(token);
      return;
    }
    this.#draw();
    this.#poll?.now();
    if (this.#selected()) {
      $("#detail-name").focus();
    }
  }

  #onAnswer(view) {
    this.#view = view;
    this.#reachable = true;
    this.#retry = null;
    attribute($("#silence"), "hidden", true);
    attribute($("#console"), "hidden", null);
    this.#announce(view.services);
    this.#draw();
  }

  #onSilence({ problem, since, retryAt }) {
    this.#reachable = false;
    this.#retry = retryAt;
    const seen = since ? `What is below was true at ${clock(since)}.` : "";
    text($("#silence-words"), `The host does not answer: ${problem}. ${seen}`);
    attribute($("#silence"), "hidden", null);
    this.#countDown();
    this.#draw();
  }

  #countDown() {
    if (this.#retry !== null) {
      const seconds = Math.max(0, Math.ceil((this.#retry - Date.now()) / 1000));
      text($("#silence-retry"), seconds > 0 ? `Next try in ${seconds} s.` : "Trying …");
    }
  }

  #selected() {
    const key = decodeHash();
    return this.#view?.services.find((service) => service.key === key) ?? null;
  }

  #selectedBean() {
    return this.#selected()?.bean ?? null;
  }

  #draw() {
    const view = this.#view;
    if (!view) {
      return;
    }
    const service = this.#selected();
    document.body.classList.toggle("stale", !this.#reachable);
    document.body.classList.toggle("has-detail", decodeHash() !== "");
    this.#header(view);
    this.#tree.show(view, service?.bean);
    attribute($("#detail"), "hidden", service === null);
    attribute($("#choose"), "hidden", service !== null || view.services.length === 0);
    text($("#choose-words"), decodeHash() && !service
      ? `There is no service ${decodeHash()}.`
      : "Choose a service to see what it does, what it writes, and to start or stop it.");
    if (service) {
      this.#detail.show(service, view.detail, view.now);
      this.#actions.show(service, this.#reachable);
    }
    document.title = title(view, this.#reachable);
  }

  #header({ trees, services }) {
    const { tone, word } = trees.length === 1
      ? stateOfTree(trees[0])
      : { tone: trees.length ? "good" : "bad", word: trees.length ? count(trees.length, "tree") : "no tree" };
    text($("#tree-name"), trees.map((tree) => tree.Name).join(", ") || "none");
    attribute($("#tree-state"), "data-tone", tone);
    setMark(this.#treeMark, tone);
    text($("#tree-word"), word);
    const trouble = services.filter(isTrouble).length;
    const ready = services.filter((service) => service.Ready).length;
    text($("#summary"), `${count(services.length, "service")}, ${ready} ready`
      + (trouble > 0 ? `, ${trouble} in trouble` : ""));
    text($("#link"), this.#reachable ? "live" : "not connected");
    attribute($("#link"), "data-tone", this.#reachable ? "good" : "bad");
  }

  /** Tells screen readers what has changed: not each line of a storm, and not too often. */
  #announce(services) {
    const first = this.#words.size === 0;
    for (const service of services) {
      const { word } = stateOf(service);
      if (this.#words.get(service.bean) !== word) {
        this.#words.set(service.bean, word);
        this.#news.push(`${service.Id} is ${word}`);
      }
    }
    if (first) {
      this.#news = [];
    }
    if (this.#news.length > 0) {
      this.#announcing ??= setTimeout(() => {
        const news = this.#news;
        this.#news = [];
        this.#announcing = null;
        text($("#announcer"),
          news.length <= 3 ? news.join(". ") : `${count(news.length, "change")} of services`);
      }, ANNOUNCE_MILLIS);
    }
  }

  async #call(...call) {
    try {
      return await this.#host.call(...call);
    } finally {
      this.#poll.now();
    }
  }
}

/** The token of the address, which then no longer stands there; null if there is none. */
function takeToken() {
  const match = /^#token=([\w-]+)$/.exec(location.hash);
  if (!match) {
    return null;
  }
  history.replaceState(null, "", location.pathname);
  return match[1];
}

function decodeHash() {
  try {
    return decodeURIComponent(location.hash.slice(1));
  } catch {
    return "";
  }
}

function title({ trees, services }, reachable) {
  const name = trees.map((tree) => tree.Name).join(", ");
  const trouble = services.filter(isTrouble).length;
  const state = !reachable ? "not connected" : trouble > 0 ? `${trouble} in trouble` : "all well";
  return `${state} – ${name} – jsupervisor`;
}

function clock(millis) {
  return new Date(millis).toLocaleTimeString("en-GB");
}

new App().start();
