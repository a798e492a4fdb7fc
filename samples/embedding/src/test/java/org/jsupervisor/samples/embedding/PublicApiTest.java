package org.jsupervisor.samples.embedding;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jsupervisor.Supervisor;
import org.jsupervisor.core.SupervisorBuilder;
import org.jsupervisor.jmx.SupervisorMBeans;
import org.jsupervisor.posix.PosixPlatform;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Compares what others may call with the lists in {@code docs/api}, so that a change of it is seen
 * as a change of a list. To accept one, run this test with {@code PUBLIC_API=write} in the
 * environment, and tell users of it in the change log.
 */
class PublicApiTest {
  private static final Path LISTS = Path.of("..", "..", "docs", "api");

  @ParameterizedTest
  @ValueSource(
      classes = {
        Supervisor.class,
        SupervisorBuilder.class,
        PosixPlatform.class,
        SupervisorMBeans.class
      })
  void whatOthersMayCall_equalsTheList(Class<?> ofModule) throws IOException, URISyntaxException {
    String api = PublicApi.of(ofModule);
    Path list = LISTS.resolve(api.lines().findFirst().orElseThrow().substring(7) + ".txt");
    if ("write".equals(System.getenv("PUBLIC_API"))) {
      Files.createDirectories(LISTS);
      Files.writeString(list, api);
    }
    assertThat(Files.readString(list)).isEqualTo(api);
  }
}
