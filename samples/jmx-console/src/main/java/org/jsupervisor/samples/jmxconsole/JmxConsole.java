package org.jsupervisor.samples.jmxconsole;

import java.io.BufferedReader;
import java.io.Console;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.lang.reflect.UndeclaredThrowableException;
import java.nio.charset.Charset;
import java.util.Objects;
import java.util.Optional;
import javax.management.JMException;
import javax.management.remote.JMXConnector;
import org.jspecify.annotations.Nullable;

/**
 * Operates a tree from a terminal. Exits with the number of services that it has failed for (0 when
 * all is well), with 100 if the command line is wrong, with 111 if there is no connection.
 */
public final class JmxConsole {
  private static final int WRONG_USAGE = 100;
  private static final int NO_CONNECTION = 111;

  private JmxConsole() {}

  /** Does what the arguments say. */
  public static void main(String[] arguments) {
    int code = run(System.out, arguments);
    System.out.flush();
    // RMI's threads would keep the JVM.
    System.exit(code);
  }

  static int run(PrintStream out, String... words) {
    Arguments arguments;
    try {
      arguments = Arguments.parse(words);
    } catch (UsageException e) {
      out.println("jmx-console: " + e.getMessage());
      out.println(Arguments.USAGE);
      return WRONG_USAGE;
    }
    try (JMXConnector connector = arguments.target().connect(credentials(arguments))) {
      return new Commands(connector, arguments, out).carryOut();
    } catch (IOException | JMException | SecurityException e) {
      return lost(out, e);
    } catch (UndeclaredThrowableException e) {
      return lost(out, e.getUndeclaredThrowable());
    }
  }

  private static int lost(PrintStream out, @Nullable Throwable why) {
    String text = why == null ? "the connection is lost" : String.valueOf(why.getMessage());
    out.println("jmx-console: " + Commands.printable(text));
    return NO_CONNECTION;
  }

  private static Optional<String[]> credentials(Arguments arguments) throws IOException {
    return arguments.login().isEmpty()
        ? Optional.empty()
        : Optional.of(new String[] {arguments.login().get(), password()});
  }

  /** Never an argument: everybody can see those. */
  @SuppressWarnings(
      "SystemConsoleNull") // newer ones read standard input where there is no terminal
  private static String password() throws IOException {
    Console console = System.console();
    if (console != null) {
      return new String(
          Objects.requireNonNullElse(console.readPassword("password: "), new char[0]));
    }
    var in = new BufferedReader(new InputStreamReader(System.in, Charset.defaultCharset()));
    return Objects.requireNonNullElse(in.readLine(), "");
  }
}
