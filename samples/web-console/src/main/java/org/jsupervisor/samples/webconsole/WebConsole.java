package org.jsupervisor.samples.webconsole;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.jsupervisor.StopReport;
import org.jsupervisor.Supervisor;
import org.jsupervisor.core.SupervisorBuilder;
import org.jsupervisor.definition.DefinitionSettings;
import org.jsupervisor.definition.directory.ServiceDirectoryReader;
import org.jsupervisor.definition.own.ServiceFileReader;
import org.jsupervisor.jmx.Registration;
import org.jsupervisor.jmx.SupervisorMBeans;
import org.jsupervisor.platform.Platform;
import org.jsupervisor.posix.PosixPlatform;
import org.jsupervisor.scan.ScanDirectory;
import org.jsupervisor.scan.ScanFailedException;
import org.jsupervisor.scan.ScanResult;
import org.jsupervisor.spec.InvalidSpecException;
import org.jsupervisor.spec.SupervisorSpec;

/**
 * Supervises a directory of definitions, and shows the tree in a browser. TERM and INT stop
 * everything in reverse order; a tree that ends by itself ends it with 1. It is a host as small as
 * can be: {@code samples/scan-host} also reloads.
 */
public final class WebConsole {
  private static final int EXIT_OK = 0;

  /** As with {@code scan-host}. */
  private static final int EXIT_TREE_ENDED = 1;

  private static final int EXIT_USAGE = 64;
  private static final int EXIT_NO_INPUT = 66;
  private static final int EXIT_OS = 71;

  private WebConsole() {}

  /** Runs until it is told to stop. */
  public static void main(String... words) throws InterruptedException {
    System.exit(exitCode(words));
  }

  /** Runs until it is told to stop, or the tree has ended. */
  static int exitCode(String... words) throws InterruptedException {
    try {
      return run(Arguments.parse(words));
    } catch (Arguments.UsageException e) {
      return fail(EXIT_USAGE, e.getMessage() + "; " + Arguments.USAGE);
    } catch (InvalidSpecException e) {
      return fail(EXIT_USAGE, String.valueOf(e.getMessage()));
    } catch (ScanFailedException e) {
      return fail(EXIT_NO_INPUT, String.valueOf(e.getMessage()));
    } catch (IOException | UnsupportedOperationException | IllegalStateException e) {
      return fail(EXIT_OS, String.valueOf(e.getMessage()));
    }
  }

  private static int fail(int code, String message) {
    System.err.println("web-console: " + message);
    return code;
  }

  private static int run(Arguments arguments) throws IOException, InterruptedException {
    Platform platform = PosixPlatform.open();
    SupervisorSpec spec;
    try {
      spec = spec(arguments, platform);
    } catch (IOException | RuntimeException e) {
      platform.close();
      throw e;
    }
    CountDownLatch asked = new CountDownLatch(1);
    CountDownLatch ended = new CountDownLatch(1);
    Runtime.getRuntime()
        .addShutdownHook(new Thread(() -> endWith(asked, ended), "web-console-end"));
    try (Supervisor tree = SupervisorBuilder.of(spec, platform).start();
        Registration beans = SupervisorMBeans.register(tree);
        ConsoleServer console = ConsoleServer.open(arguments.port(), Token.random())) {
      System.out.println(spec.children().size() + " services in " + beans.supervisorName());
      System.out.println("Open " + console.address() + " (whoever has it may operate the tree)");
      tree.stopped().thenRun(asked::countDown);
      asked.await();
      StopReport report = tree.stop("the console was ended").toCompletableFuture().join();
      return told(report);
    } finally {
      ended.countDown();
    }
  }

  private static int told(StopReport report) {
    report.unkillable().forEach(child -> System.err.println(child + " could not be killed"));
    if (report.cause() != StopReport.Cause.ASKED) {
      return fail(EXIT_TREE_ENDED, report.reason());
    }
    System.out.println("stopped: " + report.reason());
    return EXIT_OK;
  }

  /** The JVM ends when its hooks have, so this one waits for the tree. */
  private static void endWith(CountDownLatch asked, CountDownLatch ended) {
    asked.countDown();
    try {
      ended.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** The children that the directory defines; what is refused is printed. */
  static SupervisorSpec spec(Arguments arguments, Platform platform) throws IOException {
    DefinitionSettings settings =
        DefinitionSettings.of(arguments.logRoot()).withSupportedSignals(platform::supports);
    ScanDirectory directory =
        new ScanDirectory(
            arguments.directory(),
            List.of(new ServiceFileReader(), new ServiceDirectoryReader()),
            settings);
    ScanResult found = directory.read();
    found.problems().forEach(problem -> System.out.println("refused: " + problem));
    SupervisorSpec.Builder spec = SupervisorSpec.builder(arguments.name());
    found.specs().forEach(spec::addChild);
    return spec.build();
  }
}
