package org.jsupervisor.scan;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jsupervisor.Refusal;
import org.jsupervisor.definition.DefinitionFixture;
import org.jsupervisor.process.ChildId;
import org.jsupervisor.rescan.ScanReport;
import org.jsupervisor.snapshot.Desire;
import org.jsupervisor.snapshot.Phase;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Changed definitions with which children do not become ready. */
class RollbackTest {
  private static final ChildId WEB = ChildId.of("web");
  private static final ChildId DB = ChildId.of("db");
  private static final String GOOD = "command=sleep\n";
  private static final String BAD = "command=sleeep\n";

  @TempDir Path root;
  private DefinitionFixture disk;
  private DirectoryFollower follower;
  private final RecordingSupervisor supervisor = new RecordingSupervisor();

  /** Completed when some time is over; the times. */
  private final List<CompletableFuture<Void>> timers = new ArrayList<>();

  private final List<Duration> times = new ArrayList<>();

  @BeforeEach
  void follow() throws IOException {
    disk = new DefinitionFixture(root);
    disk.file("web.properties", GOOD);
    disk.file("db.properties", GOOD);
    ScanDirectory directory = ScanDirectory.of(root, disk.settings());
    ScanResult found = directory.read();
    found.specs().forEach(spec -> supervisor.children.put(spec.id(), spec));
    Trials trials = new Trials(supervisor, this::after);
    ScanApplication application = new ScanApplication(supervisor, trials, found);
    ScanMemory memory = new ScanMemory(root, found, InstantSource.system());
    Readings readings = new Readings(directory, found);
    follower = new DirectoryFollower(readings, new Turns(Runnable::run), application, memory);
  }

  private CompletableFuture<Void> after(Duration time) {
    times.add(time);
    timers.add(new CompletableFuture<>());
    return timers.get(timers.size() - 1);
  }

  private void timeIsOver() {
    List.copyOf(timers).forEach(timer -> timer.complete(null));
  }

  private CompletableFuture<ScanReport> rescan() {
    return follower.rescanForChanges().toCompletableFuture();
  }

  /** Changes web's definition; it starts anew with it. */
  private CompletableFuture<ScanReport> change(String text) {
    return changeTo(Phase.LAUNCHING, text);
  }

  private CompletableFuture<ScanReport> changeTo(Phase phase, String text) {
    disk.file("web.properties", text);
    supervisor.duringDefine = () -> supervisor.phases.put(WEB, phase);
    CompletableFuture<ScanReport> report = rescan();
    supervisor.duringDefine = () -> {};
    return report;
  }

  private void becomes(Phase phase) {
    supervisor.phases.put(WEB, phase);
    supervisor.tell(WEB);
  }

  @Test
  void childThatBecomesReady_keepsItsNewDefinition_andTheReportWaitsForIt() {
    CompletableFuture<ScanReport> report = change("command=cat\n");
    assertThat(report).isNotDone();
    becomes(Phase.RUNNING);
    assertThat(report.join().changed()).containsExactly(WEB);
    assertThat(report.join().isClean()).isTrue();
    timeIsOver();
    assertThat(supervisor.calls).containsExactly("define web");
    assertThat(supervisor.listeners).isEmpty();
  }

  @Test
  void childThatGivesUp_getsItsLastGoodDefinitionBack_whichIsTold() {
    CompletableFuture<ScanReport> report = change(BAD);
    becomes(Phase.QUARANTINED);
    assertThat(report.join().rolledBack()).containsExactly(WEB);
    assertThat(report.join().changed()).isEmpty();
    assertThat(report.join().problems())
        .singleElement()
        .hasToString(
            "child 'web': did not become ready with its new definition in its time; has the last"
                + " good one again");
    assertThat(supervisor.calls).containsExactly("define web", "define web");
    assertThat(supervisor.command(WEB)).isEqualTo("sleep");
    assertThat(supervisor.listeners).isEmpty();
  }

  @Test
  void childThatIsNotReadyInItsTime_getsItsLastGoodDefinitionBack() {
    CompletableFuture<ScanReport> report =
        change(BAD + "ready=tcp\nready.address=127.0.0.1:1\nready.within=7s\n");
    // TERM 10 s, KILL 2 s of the old one, the margin; and from its launch on 7 s, and the margin.
    assertThat(times).containsExactly(Duration.ofSeconds(17), Duration.ofSeconds(12));
    timeIsOver();
    assertThat(report.join().rolledBack()).containsExactly(WEB);
    assertThat(supervisor.command(WEB)).isEqualTo("sleep");
  }

  @Test
  void whatWasRolledBack_isInThePlan_sinceARescanTriesItAgain() {
    CompletableFuture<ScanReport> report = change(BAD);
    becomes(Phase.FAILED);
    assertThat(report.join().rolledBack()).containsExactly(WEB);
    assertThat(follower.plan().toCompletableFuture().join().toString()).contains("restart web: ");
    int calls = supervisor.calls.size();
    assertThat(rescan().join().kept()).containsExactly(WEB);
    assertThat(supervisor.calls).hasSize(calls);
  }

  @Test
  void whatWasRolledBack_isNotTriedAgain_untilItChangesOrIsAskedFor() {
    assertThat(change(BAD)).isNotDone();
    becomes(Phase.FAILED);
    becomes(Phase.RUNNING);
    assertThat(rescan().join().kept()).containsExactly(WEB);
    assertThat(supervisor.calls).hasSize(2);
    disk.file("web.properties", "command=cat\n");
    assertThat(rescan().join().changed()).containsExactly(WEB);
    assertThat(supervisor.calls).hasSize(3);

    assertThat(change(BAD)).isNotDone();
    becomes(Phase.FAILED);
    assertThat(supervisor.calls).hasSize(5);
    becomes(Phase.RUNNING);
    assertThat(follower.rescan().toCompletableFuture().join().changed()).containsExactly(WEB);
    assertThat(supervisor.calls).hasSize(6);
  }

  @Test
  void repairDuringTheTrial_isInForceAtOnce_andTheFirstReportEnds() {
    CompletableFuture<ScanReport> bad = change(BAD);
    CompletableFuture<ScanReport> good = change("command=cat\n");
    assertThat(bad.join().rolledBack()).isEmpty();
    assertThat(good).isNotDone();
    becomes(Phase.RUNNING);
    assertThat(good.join().changed()).containsExactly(WEB);
    timeIsOver();
    assertThat(supervisor.command(WEB)).isEqualTo("cat");
  }

  @Test
  void secondBadDefinition_isRolledBackToTheLastGoodOne_notToTheFirstBadOne() {
    assertThat(change(BAD)).isNotDone();
    CompletableFuture<ScanReport> second = change("command=sleeeep\n");
    becomes(Phase.QUARANTINED);
    assertThat(second.join().rolledBack()).containsExactly(WEB);
    assertThat(supervisor.command(WEB)).isEqualTo("sleep");
  }

  @Test
  void otherRescan_doesNotEndATrial() {
    CompletableFuture<ScanReport> report = change(BAD);
    disk.file("cron.properties", GOOD);
    assertThat(rescan().join().added()).containsExactly(ChildId.of("cron"));
    assertThat(report).isNotDone();
    becomes(Phase.FAILED);
    assertThat(report.join().rolledBack()).containsExactly(WEB);
  }

  @Test
  void childThatWasNotGoodBefore_isNotRolledBack() {
    supervisor.phases.put(WEB, Phase.QUARANTINED);
    CompletableFuture<ScanReport> report = change(BAD);
    assertThat(report.join().changed()).containsExactly(WEB);
    assertThat(timers).isEmpty();
  }

  @Test
  void childThatIsNotWantedUp_isNotJudged() {
    supervisor.desires.put(WEB, Desire.DOWN);
    supervisor.phases.put(WEB, Phase.DOWN);
    disk.file("web.properties", BAD);
    assertThat(rescan().join().changed()).containsExactly(WEB);
    timeIsOver();
    assertThat(supervisor.calls).containsExactly("define web");
  }

  @Test
  void childThatStillWaitsForOthers_whenItsTimeIsOver_isNotJudged() {
    CompletableFuture<ScanReport> report = changeTo(Phase.WAITING, BAD);
    timeIsOver();
    assertThat(report.join().changed()).containsExactly(WEB);
    assertThat(supervisor.calls).containsExactly("define web");
  }

  @Test
  void childThatWaitedForOthers_hasItsTimeFromItsLaunchOn() {
    CompletableFuture<ScanReport> report = changeTo(Phase.WAITING, BAD);
    becomes(Phase.LAUNCHING);
    timers.get(0).complete(null);
    assertThat(report).isNotDone();
    timeIsOver();
    assertThat(report.join().rolledBack()).containsExactly(WEB);
  }

  @Test
  void childWhoseOldRunTakesLongToEnd_isNotJudgedByThat() {
    CompletableFuture<ScanReport> report = changeTo(Phase.FINISHING, "command=cat\n");
    timeIsOver();
    timeIsOver();
    assertThat(report).isNotDone();
    becomes(Phase.LAUNCHING);
    becomes(Phase.RUNNING);
    assertThat(report.join().changed()).containsExactly(WEB);
    assertThat(supervisor.calls).containsExactly("define web");
  }

  @Test
  void timers_areEndedWithTheTrial() {
    CompletableFuture<ScanReport> report = change(BAD);
    becomes(Phase.RUNNING);
    assertThat(report).isDone();
    assertThat(timers).isNotEmpty().allMatch(CompletableFuture::isDone);
  }

  @Test
  void childThatSomebodyHasRemoved_isNotBroughtBack() {
    CompletableFuture<ScanReport> report = change(BAD);
    supervisor.children.remove(WEB);
    timeIsOver();
    assertThat(report.join().rolledBack()).isEmpty();
    assertThat(supervisor.calls).containsExactly("define web");
  }

  @Test
  void childThatIsRemovedDuringItsTrial_staysGone() throws IOException {
    CompletableFuture<ScanReport> report = change(BAD);
    Files.delete(root.resolve("web.properties"));
    assertThat(rescan().join().removed()).containsExactly(WEB);
    assertThat(report.join().rolledBack()).isEmpty();
    timeIsOver();
    assertThat(supervisor.calls).containsExactly("define web", "remove web");
  }

  @Test
  void rollbackThatIsRefused_isTold_andTheDefinitionIsTriedAgain() {
    CompletableFuture<ScanReport> report = change(BAD);
    supervisor.refusals.put(WEB, Refusal.TREE_STOPPED);
    becomes(Phase.FAILED);
    assertThat(report.join().problems())
        .singleElement()
        .asString()
        .contains("could not be rolled back");
  }

  @Test
  void lostEvents_areMadeUpFor() {
    CompletableFuture<ScanReport> report = change(BAD);
    supervisor.phases.put(WEB, Phase.FAILED);
    supervisor.listeners.get(0).onLoss(3);
    assertThat(report.join().rolledBack()).containsExactly(WEB);
  }

  @Test
  void nobodyElseIsTouched() {
    assertThat(change(BAD)).isNotDone();
    becomes(Phase.FAILED);
    assertThat(supervisor.calls).noneMatch(call -> call.endsWith(DB.name()));
  }
}
