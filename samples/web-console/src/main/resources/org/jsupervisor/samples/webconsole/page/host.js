// Talks to the host: Jolokia's protocol, only what this page needs of it.

const DOMAIN = "org.jsupervisor";
const TREE = `${DOMAIN}:type=Supervisor,name=*`;
const SERVICES = `${DOMAIN}:type=Service,supervisor=*,name=*`;
const TREE_ATTRIBUTES = ["Name", "Phase", "Reason", "Ready", "MissingServiceCount"];
const SERVICE_ATTRIBUTES = [
  "Id", "Supervisor", "Kind", "Desire", "Phase", "Ready", "Paused", "Reason", "Status", "Pid",
  "SinceMillis", "UptimeMillis", "NextChangeTime", "LaunchCount", "LaunchFailureCount",
  "RestartCount", "OutputLostBytes",
];
const DETAIL_ATTRIBUTES = ["ProcessFacts", "Dependencies", "Destinations", "LastExits"];

/** The token is not the right one. */
export class WrongToken extends Error {}

/** The host gives no answer, or none that makes sense. */
export class NoAnswer extends Error {}

/** The host has understood, and says no. The message is the host's own. */
export class Refused extends Error {}

export class Host {
  #token;

  constructor(token) {
    this.#token = token;
  }

  /** The trees and their services, and all about one service if it has a name, in one request. */
  async look(selected) {
    const requests = [read(TREE, TREE_ATTRIBUTES), read(SERVICES, SERVICE_ATTRIBUTES)];
    if (selected) {
      requests.push(
        read(selected, DETAIL_ATTRIBUTES), run(selected, "explain"), run(selected, "tail"));
    }
    const [trees, services, detail, explanation, tail] = await this.#ask(requests, 10_000);
    return {
      now: (trees.timestamp ?? 0) * 1000,
      trees: Object.values(all(trees)),
      services: Object.entries(all(services)).map(([bean, values]) => service(bean, values)),
      detail: selected && {
        bean: selected,
        ...maybe(detail, {}),
        explanation: maybe(explanation, []),
        tail: maybe(tail, []),
        tailProblem: tail.status === 200 ? "" : words(tail),
      },
    };
  }

  /** Calls an operation; what the bean answers, or Refused. */
  async call(bean, operation, ...values) {
    const [answer] = await this.#ask([run(bean, operation, ...values)], 30_000);
    if (answer.status !== 200) {
      throw new Refused(words(answer));
    }
    return String(answer.value ?? "done");
  }

  async #ask(requests, patienceMillis) {
    let response;
    try {
      response = await fetch("jolokia", {
        method: "POST",
        headers: { "Content-Type": "application/json", Authorization: `Bearer ${this.#token}` },
        body: JSON.stringify(requests),
        cache: "no-store",
        signal: AbortSignal.timeout(patienceMillis),
      });
    } catch (problem) {
      throw new NoAnswer(problem.name === "TimeoutError" ? "no answer in time" : "no connection");
    }
    if (response.status === 401) {
      throw new WrongToken("the host does not know this token");
    }
    if (!response.ok) {
      const rule = (await response.text().catch(() => "")).trim();
      throw new NoAnswer(`status ${response.status} ${rule}`.trim());
    }
    const answers = await response.json().catch(() => null);
    if (!Array.isArray(answers) || answers.length !== requests.length) {
      throw new NoAnswer("the answer is not one to these questions");
    }
    return answers;
  }
}

/** A service, with the name of its tree, and what it is called in addresses of this page. */
function service(bean, values) {
  const tree = /[:,]name=([^,]+)/.exec(values.Supervisor?.objectName ?? "")?.[1] ?? "";
  return { bean, tree, key: `${tree}/${values.Id}`, ...values };
}

function read(mbean, attribute) {
  return { type: "read", mbean, attribute };
}

function run(mbean, operation, ...values) {
  return { type: "exec", mbean, operation, arguments: values };
}

/** What a pattern has found; nothing if there are no such beans. */
function all(answer) {
  if (answer.status === 404) {
    return {};
  }
  if (answer.status !== 200) {
    throw new NoAnswer(words(answer));
  }
  return answer.value;
}

function maybe(answer, otherwise) {
  return answer.status === 200 ? answer.value ?? otherwise : otherwise;
}

/** An error without the names of its classes: those are for programmers. */
function words(answer) {
  const message = String(answer.error ?? `status ${answer.status}`);
  return message.replace(/^(?:[\w.$]+(?:Exception|Error) ?: ?)+/, "");
}
