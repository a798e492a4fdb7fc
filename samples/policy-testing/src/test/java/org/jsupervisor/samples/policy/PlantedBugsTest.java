package org.jsupervisor.samples.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.launcher.EngineFilter;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/** The properties find both bugs of the first try, and show the smallest scenario of each. */
class PlantedBugsTest {
  /** The results by the name of the property. */
  private static Map<String, TestExecutionResult> run(Class<?> properties) {
    Map<String, TestExecutionResult> results = new HashMap<>();
    LauncherDiscoveryRequest request =
        LauncherDiscoveryRequestBuilder.request()
            .selectors(selectClass(properties))
            .filters(EngineFilter.includeEngines("jqwik"))
            .configurationParameter("jqwik.database", "target/jqwik-database-of-planted-bugs")
            .build();
    LauncherFactory.create()
        .execute(
            request,
            new TestExecutionListener() {
              @Override
              public void executionFinished(TestIdentifier test, TestExecutionResult result) {
                if (test.isTest()) {
                  results.put(test.getDisplayName(), result);
                }
              }
            });
    assertThat(results).hasSize(2);
    return results;
  }

  private static String failure(String law) {
    TestExecutionResult result = run(FirstTryLaws.class).get(law);
    assertThat(result.getStatus()).isEqualTo(TestExecutionResult.Status.FAILED);
    return result.getThrowable().orElseThrow().getMessage();
  }

  @Test
  void restartAfterACleanExit_isFound_andShrunkToTwoLives() {
    assertThat(failure("aCleanExitIsTheEnd"))
        .contains("[Life[exitCode=1, millis=0], Life[exitCode=0, millis=0]]");
  }

  @Test
  void delayThatOverflows_isFound_andShrunkToTheFewestCrashes() {
    String failure = failure("theCapHolds");

    // 1000 ms, 21 times doubled, is the last number that an int can hold.
    assertThat(failure.split("Life\\[", -1)).hasSize(23 + 1);
    assertThat(failure).contains("delay must not be negative", "[Life[exitCode=1, millis=0], ");
    assertThat(failure).doesNotContain("exitCode=137");
  }
}
