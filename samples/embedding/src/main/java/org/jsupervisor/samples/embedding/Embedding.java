package org.jsupervisor.samples.embedding;

import static org.jsupervisor.spec.OutputSpec.logged;
import static org.jsupervisor.spec.ReadinessSpec.notified;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;
import org.jsupervisor.Supervisor;
import org.jsupervisor.core.SupervisorBuilder;
import org.jsupervisor.posix.PosixPlatform;
import org.jsupervisor.spec.ProcessSpec;
import org.jsupervisor.spec.SupervisorSpec;

/** The example of the README, as a program: {@code Embedding JAVA GREETER PORT LOGS}. */
public final class Embedding {
  private Embedding() {}

  /** Starts two sidecars, uses one, restarts it, uses it again, stops both. */
  public static void main(String... arguments) {
    run(arguments[0], arguments[1], arguments[2], Path.of(arguments[3]), System.out::println);
  }

  static void run(String java, String file, String port, Path logs, Consumer<String> answers) {
    String script = "while date; do sleep 1; done";
    // [README]
    var web = ProcessSpec.builder("web", java, file, port).withReadiness(notified(3)).build();
    var clock = ProcessSpec.builder("clock", "sh", "-c", script).withOutput(logged(logs)).build();
    SupervisorSpec spec = SupervisorSpec.builder("app").addChild(web).addChild(clock).build();
    try (Supervisor tree = SupervisorBuilder.of(spec, PosixPlatform.open()).start()) {
      tree.ready().toCompletableFuture().join();
      answers.accept(ask(port));
      tree.restart(web.id(), "to show it").toCompletableFuture().join();
      answers.accept(ask(port));
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
