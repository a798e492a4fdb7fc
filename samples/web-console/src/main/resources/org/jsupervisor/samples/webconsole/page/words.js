// What values are in words. Pure: no DOM, no clock.

const PHASES = {
  DOWN: ["idle", "down"],
  LAUNCHING: ["busy", "starting"],
  STOPPING: ["busy", "stopping"],
  KILLING: ["warn", "being killed"],
  UNKILLABLE: ["bad", "cannot be killed"],
  FINISHING: ["busy", "finishing"],
  WAITING: ["busy", "waiting"],
  BACKOFF: ["warn", "in back-off"],
  QUARANTINED: ["bad", "in quarantine"],
  FINISHED: ["idle", "finished"],
  FAILED: ["bad", "failed"],
};

/** How a service is: a tone (for colour and mark) and a word. The word alone says it all. */
export function stateOf(service) {
  if (service.Phase === "RUNNING") {
    if (service.Paused) {
      return { tone: "held", word: "paused" };
    }
    return service.Ready ? { tone: "good", word: "ready" } : { tone: "busy", word: "not ready yet" };
  }
  const [tone, word] = PHASES[service.Phase] ?? ["busy", lower(service.Phase)];
  return { tone, word };
}

/** How a tree is. */
export function stateOfTree(tree) {
  if (tree.Phase === "RUNNING") {
    return tree.Ready ? { tone: "good", word: "all is up" } : { tone: "warn", word: "not all is up" };
  }
  return { tone: tree.Phase === "STOPPED" ? "idle" : "busy", word: lower(tree.Phase) };
}

/** Whether somebody should look at it. */
export function isTrouble(service) {
  return ["warn", "bad"].includes(stateOf(service).tone);
}

/** A constant's name as a word: NOT_READY is "not ready". */
export function lower(name) {
  return String(name ?? "unknown").toLowerCase().replaceAll("_", " ");
}

/** A length of time, two units at most: 45 s, 3 min 20 s, 5 h, 12 d 3 h. */
export function duration(millis) {
  const seconds = Math.max(0, Math.round(millis / 1000));
  if (seconds === 0 && millis > 0) {
    return "under 1 s";
  }
  for (const [size, unit, smaller, smallerUnit] of [
    [86400, "d", 3600, "h"],
    [3600, "h", 60, "min"],
    [60, "min", 1, "s"],
  ]) {
    if (seconds >= size) {
      const rest = Math.floor((seconds % size) / smaller);
      return `${Math.floor(seconds / size)} ${unit}` + (rest > 0 ? ` ${rest} ${smallerUnit}` : "");
    }
  }
  return `${seconds} s`;
}

/** Processor time, where fractions of a second count. */
export function cpu(millis) {
  return millis < 10_000 ? `${(millis / 1000).toFixed(2)} s` : duration(millis);
}

/** A number of bytes, three digits at most. */
export function bytes(count) {
  let value = count;
  for (const unit of ["B", "KiB", "MiB", "GiB"]) {
    if (value < 1024 || unit === "GiB") {
      return `${value < 10 && unit !== "B" ? value.toFixed(1) : Math.round(value)} ${unit}`;
    }
    value /= 1024;
  }
  return `${count} B`;
}

/** A number with its noun: 1 start, 2 starts. */
export function count(number, noun) {
  return `${number.toLocaleString("en")} ${noun}${number === 1 ? "" : "s"}`;
}

/** How a run ended, in a few words: exit code 7, signal KILL. */
export function exit(report) {
  switch (report.kind) {
    case "EXITED":
      return `exit code ${report.code}`;
    case "SIGNALLED":
      return `signal ${report.signal}${report.coreDumped ? ", core dumped" : ""}`;
    default:
      return lower(report.kind);
  }
}

/** Where a service is on this page: its tree and its names, with slashes between. */
export function addressOf(key) {
  return "#" + key.split("/").map(encodeURIComponent).join("/");
}

/** The name of a service without those above it. */
export function shortName(id) {
  return id.slice(id.lastIndexOf("/") + 1);
}
