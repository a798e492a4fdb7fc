package org.jsupervisor.jmx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import javax.management.MBeanAttributeInfo;
import javax.management.MBeanOperationInfo;
import javax.management.RuntimeMBeanException;
import javax.management.openmbean.CompositeData;
import org.jsupervisor.Request;
import org.jsupervisor.rescan.LastPlan;
import org.jsupervisor.rescan.WatchState;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The directory of a tree, as a console sees it and what it may ask. */
final class ScanBeanTest {
  private final JmxFixture jmx = new JmxFixture();
  private final FakeScan scan = new FakeScan();
  private Registration registration;

  @BeforeEach
  void register() {
    registration = SupervisorMBeans.register(new FakeSupervisor("main"), jmx.server());
    var unused = registration.showScan(scan);
  }

  @AfterEach
  void close() {
    registration.close();
  }

  private ScanMXBean proxy() {
    return jmx.proxy(JmxFixture.scan(), ScanMXBean.class);
  }

  @Test
  void attributes_tellHowTheDirectoryStands() {
    scan.is(FakeScan.ok(FakeScan.report(2)), Optional.empty());

    assertThat(proxy().getDirectory()).isEqualTo("/services");
    assertThat(proxy().getSupervisor()).isEqualTo(JmxFixture.supervisor());
    assertThat(proxy().getWatch()).isEqualTo(WatchState.WATCHING);
    assertThat(proxy().getUnderWayCount()).isEqualTo(1);
    assertThat(proxy().getScanCount()).isEqualTo(3);
    assertThat(proxy().getFailureCount()).isEqualTo(2);
    assertThat(proxy().getLastScanTime()).isEqualTo(4711);
    assertThat(proxy().getLastScanMillis()).isEqualTo(17);
    assertThat(proxy().getLastRequest()).isEqualTo("asked by jmx:olga: deploy");
    assertThat(proxy().getLastResult())
        .isEqualTo(
            "added [web], changed none, rolled back none, removed none, kept as they were none; 2"
                + " problems");
    assertThat(proxy().getProblemCount()).isEqualTo(2);
    assertThat(proxy().getProblems())
        .containsExactly(
            "/services/bad?.ini:0: must be good, was 'x?[31m'",
            "/services/bad?.ini:1: must be good, was 'x?[31m'");
    assertThat(proxy().getNotes()).isEmpty();
    assertThat(proxy().getLastPlanTime()).isNull();
    assertThat(proxy().getLastPlan()).isEmpty();
    assertThat(proxy().getLastPlanRows()).isEmpty();
  }

  @Test
  void attributes_allCanBeRead_whateverThereIs() throws Exception {
    for (FakeScan each :
        new FakeScan[] {
          scan, scan.is(FakeScan.failed("scan directory '/services': is missing"), Optional.empty())
        }) {
      assertThat(each.state().directory()).isAbsolute();
      for (MBeanAttributeInfo info : jmx.server().getMBeanInfo(JmxFixture.scan()).getAttributes()) {
        Object unused = jmx.attribute(JmxFixture.scan(), info.getName());
      }
    }
    assertThat(proxy().getLastResult()).isEqualTo("failed: scan directory '/services': is missing");
    assertThat(proxy().getProblemCount()).isZero();
  }

  @Test
  void f50_namesOfFilesAndValues_areOnOneLine() {
    var plan = new LastPlan(Instant.EPOCH, FakeScan.plan(1));
    scan.is(FakeScan.ok(FakeScan.report(1)), Optional.of(plan));

    assertThat(proxy().getLastPlanRows().get(0).origin())
        .isEqualTo("/services/all?stop everything");
    assertThat(Stream.of(proxy().getLastPlan(), proxy().getProblems(), proxy().plan(1)))
        .allSatisfy(lines -> assertThat(lines).allMatch(line -> line.matches("[\\x20-\\x7e]+")));
  }

  @Test
  void problems_areBounded_andCountedAll() {
    scan.is(FakeScan.ok(FakeScan.report(5_000)), Optional.empty());

    assertThat(proxy().getProblems()).hasSize(ScanMXBean.PROBLEMS_MAX);
    assertThat(proxy().getProblemCount()).isEqualTo(5_000);
  }

  @Test
  void lastPlan_isThereAsTextAndAsRows_bounded() {
    Instant at = Instant.ofEpochMilli(99);
    scan.is(FakeScan.ok(FakeScan.nothing()), Optional.of(new LastPlan(at, FakeScan.plan(2_000))));

    assertThat(proxy().getLastPlanTime()).isEqualTo(99);
    assertThat(proxy().getLastPlan())
        .hasSize(ScanMXBean.CHANGES_MAX + 3)
        .startsWith("start new-0: new")
        .contains("and 1000 more changes")
        .endsWith("1 services stay as they are")
        .allMatch(line -> line.lines().count() == 1);
    assertThat(proxy().getLastPlanRows()).hasSize(ScanMXBean.CHANGES_MAX);
    CompositeData row = ((CompositeData[]) jmx.attribute(JmxFixture.scan(), "LastPlanRows"))[0];
    assertThat(row.get("action")).isEqualTo("START");
    assertThat(row.get("service")).isEqualTo("new-0");
    assertThat(row.get("reason")).isEqualTo("new");
  }

  @Test
  void plan_saysWhatWouldBeDone_andAsksForNothing() {
    assertThat(proxy().plan(5))
        .containsExactly(
            "start new-0: new",
            "/services/bad?.ini:0: must be good, was 'x?[31m'",
            "1 services stay as they are");
    assertThat(scan.asked).isEmpty();
    scan.planned = CompletableFuture.completedFuture(FakeScan.plan(0));
    assertThat(proxy().plan(5)).contains("nothing would be changed; 1 services stay as they are");
  }

  @Test
  void rescan_isAskedInTheNameOfWhoCalls_andSaysWhatWasDone() {
    assertThat(proxy().rescan("new certificate", 5)).startsWith("added [web], changed none");
    assertThat(scan.asked).containsExactly(Request.of("jmx", "new certificate"));
  }

  @Test
  void whatTakesLonger_isNotWaitedFor() {
    scan.outcome = new CompletableFuture<>();
    scan.planned = new CompletableFuture<>();

    assertThat(proxy().rescan("deploy", 0))
        .isEqualTo("accepted, not waited for: LastResult will say what was done");
    assertThat(proxy().plan(0)).containsExactly("accepted, not waited for: LastPlan will have it");
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, 61, Integer.MAX_VALUE})
  void waitBeyondItsBounds_isRefused_andNothingIsAsked(int seconds) {
    assertThatThrownBy(() -> proxy().rescan("deploy", seconds))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("was " + seconds);
    assertThat(scan.asked).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "String", "two\nlines", "\u001b[31m"})
  void reasonThatNobodyHasWritten_isRefused(String reason) {
    assertThatThrownBy(() -> proxy().rescan(reason, 0))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(scan.asked).isEmpty();
  }

  @Test
  void directoryThatCannotBeRead_isAnExceptionThatEveryClientKnows() {
    var missing = new IOException("scan directory '/services': is missing");
    scan.outcome = CompletableFuture.failedFuture(missing);
    scan.planned = CompletableFuture.failedFuture(missing);

    for (String operation : new String[] {"rescan", "plan"}) {
      assertThatThrownBy(() -> invoke(operation))
          .isInstanceOf(RuntimeMBeanException.class)
          .cause()
          .isInstanceOf(IllegalStateException.class)
          .hasMessage("scan directory '/services': is missing")
          .hasNoCause();
    }
  }

  private Object invoke(String operation) throws Exception {
    boolean isPlan = operation.equals("plan");
    Object[] values = isPlan ? new Object[] {1} : new Object[] {"deploy", 1};
    String[] types = isPlan ? new String[] {"int"} : new String[] {"java.lang.String", "int"};
    return jmx.server().invoke(JmxFixture.scan(), operation, values, types);
  }

  @Test
  void operations_takeNoPathAndNoCommand() throws Exception {
    MBeanOperationInfo[] operations = jmx.server().getMBeanInfo(JmxFixture.scan()).getOperations();

    assertThat(operations)
        .flatExtracting(operation -> Arrays.asList(operation.getSignature()))
        .extracting(parameter -> parameter.getName())
        .containsExactlyInAnyOrder("waitSeconds", "reason", "waitSeconds");
  }

  @Test
  void bean_goesWithTheOthers_andIsThereOnce() {
    assertThat(registration.names()).contains(JmxFixture.scan());
    assertThatThrownBy(() -> registration.showScan(scan))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("is taken");

    registration.close();

    assertThat(jmx.ours()).isEmpty();
  }
}
