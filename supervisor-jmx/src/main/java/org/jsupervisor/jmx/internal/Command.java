package org.jsupervisor.jmx.internal;

import java.util.Arrays;
import java.util.Locale;
import java.util.concurrent.CompletionStage;
import org.jsupervisor.Request;
import org.jsupervisor.Supervisor;
import org.jsupervisor.process.ChildId;
import org.jsupervisor.snapshot.ChildSnapshot;

/** What can be asked of a service in one word. */
enum Command {
  UP("up"),
  ONCE("once"),
  DOWN("down"),
  RESTART("restarted"),
  PAUSE("paused"),
  RESUME("resumed"),
  ROTATE("rotated");

  private final String done;

  Command(String done) {
    this.done = done;
  }

  /** How an answer begins when it was done. */
  String done() {
    return done;
  }

  CompletionStage<ChildSnapshot> submit(Supervisor supervisor, ChildId id, Request request) {
    return switch (this) {
      case UP -> supervisor.up(id, request);
      case ONCE -> supervisor.once(id, request);
      case DOWN -> supervisor.down(id, request);
      case RESTART -> supervisor.restart(id, request);
      case PAUSE -> supervisor.pause(id, request);
      case RESUME -> supervisor.resume(id, request);
      case ROTATE -> supervisor.rotate(id, request);
    };
  }

  /** The command of this name, as the operations are called. */
  static Command parse(String name) {
    return Arrays.stream(values())
        .filter(command -> command.word().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "command must be one of "
                        + Arrays.stream(values()).map(Command::word).toList()));
  }

  private String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
