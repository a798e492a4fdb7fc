package org.jsupervisor.samples.consoles;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jsupervisor.samples.jmxconsole.JmxConsole;

/** Our own console as a program of its own. */
final class TerminalConsole {
  private TerminalConsole() {}

  /**
   * What a call of it was.
   *
   * @param code its exit code
   * @param text what it has printed
   */
  record Outcome(int code, String text) {}

  /** With options of its JVM, what it is told on its input, the target, and the command. */
  static Outcome run(List<String> options, String input, List<String> target, String... words)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.addAll(List.of(OperatedHost.java(), "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
    command.addAll(options);
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.add(JmxConsole.class.getName());
    command.addAll(target);
    command.addAll(List.of(words));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    try (OutputStream in = process.getOutputStream()) {
      in.write((input + "\n").getBytes(StandardCharsets.UTF_8));
    }
    String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Outcome(process.waitFor(), text);
  }
}
