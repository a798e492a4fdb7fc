// What can be done to a service, and the dialog that asks why.

import { attribute, text } from "./dom.js";
import { Refused } from "./host.js";
import { duration, stateOf } from "./words.js";

/** How long the host waits for the outcome; then it says that it was accepted, and how it is. */
const WAIT_SECONDS = 5;

const ACTIONS = {
  up: { verb: "Start", arguments: () => [WAIT_SECONDS] },
  release: { verb: "Release", asks: "reason", arguments: (reason) => [reason, WAIT_SECONDS] },
  down: { verb: "Stop", asks: "confirm", arguments: () => [WAIT_SECONDS] },
  restart: { verb: "Restart", asks: "reason", arguments: (reason) => [reason, WAIT_SECONDS] },
  once: { verb: "Run once", arguments: () => [WAIT_SECONDS] },
  pause: { verb: "Pause", asks: "reason", arguments: (reason) => [reason] },
  resume: { verb: "Resume", asks: "reason", arguments: (reason) => [reason] },
};

/** Why an action makes no sense now; empty if it does. */
function objection(action, service) {
  const running = service.Phase === "RUNNING";
  switch (action) {
    case "up":
      return running && service.Desire === "UP" && !service.Paused ? "It is up already." : "";
    case "down":
      return service.Phase === "DOWN" && service.Desire === "DOWN" ? "It is down already." : "";
    case "pause":
      return running ? "" : "Only what is running can be paused.";
    default:
      return "";
  }
}

/** Of two actions that exclude each other there is one button. */
function isHidden(action, service) {
  switch (action) {
    case "up":
      return service.Phase === "QUARANTINED";
    case "release":
      return service.Phase !== "QUARANTINED";
    case "pause":
      return service.Paused;
    case "resume":
      return !service.Paused;
    default:
      return false;
  }
}

function startWord(service) {
  return service.Phase === "BACKOFF" ? "Start now" : "Start";
}

export class Actions {
  #buttons;
  #message;
  #dialog;
  #callHost;
  #service = null;
  #reachable = false;
  #asked = null;

  /** callHost(bean, operation, ...values) is a promise of the host's answer. */
  constructor(root, callHost) {
    this.#buttons = [...root.querySelectorAll("#actions button")];
    this.#message = root.querySelector("#outcome");
    this.#dialog = root.querySelector("#ask");
    this.#callHost = callHost;
    this.#buttons.forEach((button) =>
      button.addEventListener("click", () => this.#press(button.dataset.action)));
    // No submit button: Enter in the field would press the first of those.
    root.querySelector("#ask-cancel").addEventListener("click", () => this.#dialog.close());
    this.#dialog.addEventListener("close", () => this.#answered());
  }

  /** Shows what can be done to this service now; nothing while the host is out of reach. */
  show(service, reachable) {
    if (this.#service?.bean !== service?.bean) {
      this.#say("", "");
    }
    this.#service = service;
    this.#reachable = reachable;
    for (const button of this.#buttons) {
      const action = button.dataset.action;
      const obstacle = this.#obstacle(action);
      // Not "disabled": the focus must not be lost when a button stops making sense.
      attribute(button, "aria-disabled", obstacle ? "true" : null);
      attribute(button, "title", obstacle || null);
      if (action === "up") {
        text(button, startWord(service));
      }
      attribute(button, "hidden", isHidden(action, service));
    }
  }

  #obstacle(action) {
    return this.#reachable ? objection(action, this.#service) : "The host does not answer.";
  }

  #press(action) {
    const obstacle = this.#obstacle(action);
    if (obstacle) {
      this.#say("note", obstacle);
    } else if (ACTIONS[action].asks) {
      this.#askFor(action);
    } else {
      this.#perform(this.#service, action, "");
    }
  }

  #askFor(action) {
    const { verb, asks } = ACTIONS[action];
    const service = this.#service;
    this.#asked = { service, action };
    const dialog = this.#dialog;
    const reason = dialog.querySelector("#reason");
    text(dialog.querySelector("#ask-title"), `${verb} ${service.Id}?`);
    text(dialog.querySelector("#ask-now"),
      `It is ${stateOf(service).word}` +
        (service.UptimeMillis > 0 ? `, up for ${duration(service.UptimeMillis)}.` : "."));
    text(dialog.querySelector("#ask-do"), verb);
    attribute(dialog.querySelector("#ask-do"), "class", action === "down" ? "danger" : "primary");
    attribute(dialog.querySelector("#reason-field"), "hidden", asks !== "reason");
    reason.required = asks === "reason";
    reason.value = "";
    dialog.returnValue = "";
    dialog.showModal();
    (asks === "reason" ? reason : dialog.querySelector("#ask-do")).focus();
  }

  #answered() {
    const asked = this.#asked;
    this.#asked = null;
    if (asked && this.#dialog.returnValue === "do") {
      this.#perform(asked.service, asked.action, this.#dialog.querySelector("#reason").value.trim());
    }
  }

  async #perform(service, action, reason) {
    const { verb, arguments: values } = ACTIONS[action];
    const label = action === "up" ? startWord(service) : verb;
    this.#say("busy", `${label} ${service.Id}: asked the host …`);
    let tone = "good";
    let words;
    try {
      words = await this.#callHost(service.bean, action, ...values(reason));
    } catch (problem) {
      tone = "bad";
      words = (problem instanceof Refused ? "refused: " : "") + problem.message;
    }
    if (this.#service?.bean === service.bean) {
      this.#say(tone, `${label} ${service.Id}: ${words}`);
    }
  }

  #say(tone, words) {
    attribute(this.#message, "data-tone", tone || null);
    text(this.#message, words);
  }
}
