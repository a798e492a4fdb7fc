package org.jsupervisor.samples.embedding;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletionException;
import org.jsupervisor.Supervisor;
import org.jsupervisor.core.SupervisorBuilder;
import org.jsupervisor.posix.PosixPlatform;
import org.jsupervisor.process.ChildId;
import org.jsupervisor.spec.LogSpec;
import org.jsupervisor.spec.OutputSpec;
import org.jsupervisor.spec.ProcessSpec;
import org.jsupervisor.spec.ReadinessSpec;
import org.jsupervisor.spec.SupervisorSpec;

/** The example of the README, as a program: {@code Embedding JAVA GREETER PORT LOGS}. */
public final class Embedding {
  private Embedding() {}

  /** Starts two sidecars, uses one, restarts it, uses it again, stops both. */
  public static void main(String... arguments) {
    String java = arguments[0];
    String greeter = arguments[1];
    String port = arguments[2];
    Path logs = Path.of(arguments[3]);
    run(java, greeter, port, logs).forEach(System.out::println);
  }

  static List<String> run(String java, String greeter, String port, Path logs) {
    // [README]
    ProcessSpec web =
        ProcessSpec.builder("web", java, greeter, port)
            .withReadiness(ReadinessSpec.notified(3))
            .build();
    ProcessSpec clock =
        ProcessSpec.builder("clock", "sh", "-c", "while date; do sleep 1; done")
            .withOutput(OutputSpec.logged(LogSpec.of(logs.resolve("clock"))))
            .build();
    SupervisorSpec spec = SupervisorSpec.builder("app").addChild(web).addChild(clock).build();
    try (Supervisor tree = SupervisorBuilder.of(spec, PosixPlatform.open()).start()) {
      tree.ready().toCompletableFuture().join();
      String before = ask(port);
      tree.restart(ChildId.of("web"), "to show it").toCompletableFuture().join();
      return List.of(before, ask(port));
    }
    // [/README]
  }

  private static String ask(String port) {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/")).build();
    try {
      return HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString()).body();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CompletionException(e);
    }
  }
}
