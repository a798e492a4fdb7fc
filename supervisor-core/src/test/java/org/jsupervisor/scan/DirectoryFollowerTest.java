package org.jsupervisor.scan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.jsupervisor.Refusal;
import org.jsupervisor.definition.DefinitionFixture;
import org.jsupervisor.process.ChildId;
import org.jsupervisor.rescan.ScanReport;
import org.jsupervisor.snapshot.Desire;
import org.jsupervisor.spec.ProcessSpec;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DirectoryFollowerTest {
  private static final String SERVICE = "command=sleep\n";
  private static final ChildId WEB = ChildId.of("web");
  private static final ChildId DB = ChildId.of("db");

  @TempDir Path root;
  private DefinitionFixture disk;
  private final RecordingSupervisor supervisor = new RecordingSupervisor();

  @BeforeEach
  void prepare() {
    disk = new DefinitionFixture(root);
    disk.file("web.properties", SERVICE);
  }

  private DirectoryFollower follower(Executor executor) throws ScanFailedException {
    ScanDirectory directory = ScanDirectory.of(root, disk.settings());
    ScanResult found = directory.read();
    found.specs().forEach(spec -> supervisor.children.put(spec.id(), spec));
    return DirectoryFollower.following(directory, found, supervisor, executor);
  }

  private DirectoryFollower follower() throws ScanFailedException {
    return follower(Runnable::run);
  }

  private static CompletableFuture<ScanReport> rescan(DirectoryFollower follower) {
    return follower.rescan().toCompletableFuture();
  }

  @Test
  void nothingNew_callsNothing() throws IOException {
    ScanReport report = rescan(follower()).join();
    assertThat(supervisor.calls).isEmpty();
    assertThat(report.isClean()).isTrue();
  }

  @Test
  void addedChangedAndGone_areApplied_onceOnly() throws IOException {
    disk.file("old.properties", SERVICE);
    DirectoryFollower follower = follower();
    disk.file("db.properties", SERVICE);
    disk.file("web.properties", "command=cat\n");
    Files.delete(root.resolve("old.properties"));
    ScanReport report = rescan(follower).join();
    assertThat(report.added()).containsExactly(DB);
    assertThat(report.changed()).containsExactly(WEB);
    assertThat(report.removed()).containsExactly(ChildId.of("old"));
    assertThat(supervisor.calls).containsExactly("remove old", "define db", "define web");
    rescan(follower).join();
    assertThat(supervisor.calls).hasSize(3);
  }

  @Test
  void lastTouch_isGivenToEverySpec_andNothingIsDoneForItAlone() throws IOException {
    disk.file("db.properties", SERVICE);
    DirectoryFollower follower =
        follower().finishing(spec -> spec.toBuilder().withInitially(Desire.DOWN).build());
    disk.file("new.properties", SERVICE);
    disk.file("web.properties", "command=cat\n");
    rescan(follower).join();
    assertThat(supervisor.calls).containsExactly("define new", "define web");
    for (ChildId id : List.of(ChildId.of("new"), WEB)) {
      assertThat(supervisor.children.get(id).initially()).isEqualTo(Desire.DOWN);
    }
    ScanReport again = rescan(follower).join();
    assertThat(supervisor.calls).hasSize(2);
    assertThat(again.notes()).isEmpty();
  }

  @Test
  void loggerIsDefinedBeforeItsService_andRemovedWhenThatHasGone() throws IOException {
    DirectoryFollower follower = follower();
    disk.program("db/run", "#!/bin/sh\n");
    disk.program("db/log/run", "#!/bin/sh\n");
    rescan(follower).join();
    assertThat(supervisor.calls).containsExactly("define db.log", "define db");

    supervisor.calls.clear();
    supervisor.holds = true;
    Files.delete(root.resolve("db/log/run"));
    Files.delete(root.resolve("db/log"));
    Files.delete(root.resolve("db/run"));
    Files.delete(root.resolve("db"));
    CompletableFuture<ScanReport> removal = rescan(follower);
    assertThat(supervisor.calls).containsExactly("remove db");
    supervisor.release();
    assertThat(removal.join().removed()).containsExactly(DB, ChildId.of("db.log"));
    assertThat(supervisor.calls).containsExactly("remove db", "remove db.log");
  }

  @Test
  void serviceThatIsRefusedNow_keepsItsLogger() throws IOException {
    disk.program("db/run", "#!/bin/sh\n");
    disk.program("db/log/run", "#!/bin/sh\n");
    DirectoryFollower follower = follower();
    disk.file("db/down-signal", "BLAH");
    ScanReport report = rescan(follower).join();
    assertThat(report.kept()).containsExactly(DB, ChildId.of("db.log"));
    assertThat(supervisor.calls).isEmpty();
  }

  @Test
  void initialWishAlone_changesNothingOfTheRunningChild_andIsNoted() throws IOException {
    DirectoryFollower follower = follower();
    disk.file("web.properties", SERVICE + "initially=down\n");
    ScanReport report = rescan(follower).join();
    assertThat(supervisor.calls).isEmpty();
    assertThat(report.changed()).isEmpty();
    assertThat(report.isClean()).isTrue();
    assertThat(report.notes())
        .singleElement()
        .hasToString(
            "child 'web': keeps what is wanted of it; initially is in force at its next"
                + " definition, was 'down'");
  }

  @Test
  void initialWishWithAnotherChange_isDefined() throws IOException {
    DirectoryFollower follower = follower();
    disk.file("web.properties", SERVICE + "initially=down\n");
    rescan(follower).join();
    disk.file("web.properties", "command=cat\ninitially=down\n");
    assertThat(rescan(follower).join().changed()).containsExactly(WEB);
    assertThat(supervisor.children.get(WEB).initially()).isEqualTo(Desire.DOWN);
    assertThat(rescan(follower).join().notes()).isEmpty();
  }

  @Test
  void refusedNow_keepsTheLastGoodDefinition_andTellsWhy() throws IOException {
    DirectoryFollower follower = follower();
    disk.file("web.properties", "comand=cat\n");
    ScanReport report = rescan(follower).join();
    assertThat(supervisor.calls).isEmpty();
    assertThat(report.kept()).containsExactly(WEB);
    assertThat(report.problems()).hasSize(2);
    assertThat(report.isClean()).isFalse();
    disk.file("web.properties", SERVICE);
    assertThat(rescan(follower).join().isClean()).isTrue();
    assertThat(supervisor.calls).isEmpty();
  }

  @Test
  void linkThatLeadsNowhereNow_keepsTheLastGoodDefinition() throws IOException {
    disk.program(".store/db/run", "#!/bin/sh\n");
    disk.file(".store/web", SERVICE);
    Files.createSymbolicLink(root.resolve("db"), root.resolve(".store/db"));
    Files.delete(root.resolve("web.properties"));
    Files.createSymbolicLink(root.resolve("web.properties"), root.resolve(".store/web"));
    DirectoryFollower follower = follower();
    Files.move(root.resolve(".store"), root.resolve(".elsewhere"));
    assertThat(rescan(follower).join().kept()).containsExactly(DB, WEB);
    assertThat(supervisor.calls).isEmpty();
  }

  @Test
  void doubledNow_keepsTheLastGoodDefinition() throws IOException {
    DirectoryFollower follower = follower();
    disk.program("web/run", "#!/bin/sh\n");
    assertThat(rescan(follower).join().kept()).containsExactly(WEB);
    assertThat(supervisor.calls).isEmpty();
  }

  @Test
  void operationThatIsRefused_isToldAndTriedAgain() throws IOException {
    DirectoryFollower follower = follower();
    disk.file("db.properties", SERVICE);
    supervisor.refusals.put(DB, Refusal.OVERLOADED);
    ScanReport report = rescan(follower).join();
    assertThat(report.added()).isEmpty();
    assertThat(report.problems())
        .singleElement()
        .asString()
        .contains("child 'db'")
        .contains("OVERLOADED");
    assertThat(rescan(follower).join().added()).containsExactly(DB);
  }

  @Test
  void childThatIsGoneAlready_countsAsRemoved() throws IOException {
    DirectoryFollower follower = follower();
    supervisor.children.clear();
    Files.delete(root.resolve("web.properties"));
    ScanReport report = rescan(follower).join();
    assertThat(report.removed()).containsExactly(WEB);
    assertThat(report.isClean()).isTrue();
  }

  @Test
  void childOfTheHost_isNotTouched() throws IOException {
    DirectoryFollower follower = follower();
    supervisor.children.put(DB, ProcessSpec.builder("db", "hosts-own").build());
    disk.file("db.properties", SERVICE);
    ScanReport report = rescan(follower).join();
    assertThat(supervisor.calls).isEmpty();
    assertThat(report.problems()).singleElement().asString().contains("not from this directory");
  }

  @Test
  void failureOfTheDirectory_changesNothing() throws IOException {
    DirectoryFollower follower = follower();
    Files.move(root.resolve("web.properties"), root.resolve(".web"));
    DefinitionFixture.mode(root, "rwxrwxrwx");
    CompletableFuture<ScanReport> rescan = rescan(follower);
    assertThatThrownBy(rescan::join)
        .isInstanceOf(CompletionException.class)
        .hasCauseInstanceOf(ScanFailedException.class);
    assertThat(supervisor.calls).isEmpty();
    DefinitionFixture.mode(root, "rwxr-xr-x");
    assertThat(rescan(follower).join().removed()).containsExactly(WEB);
  }

  @Test
  void requestsWhileOneRuns_leadToOneMore() throws IOException {
    DirectoryFollower follower = follower();
    supervisor.holds = true;
    disk.file("db.properties", SERVICE);
    CompletableFuture<ScanReport> first = rescan(follower);
    disk.file("more.properties", SERVICE);
    CompletableFuture<ScanReport> second = rescan(follower);
    CompletableFuture<ScanReport> third = rescan(follower);
    assertThat(first).isNotDone();
    assertThat(supervisor.calls).containsExactly("define db");
    supervisor.release();
    assertThat(first.join().added()).containsExactly(DB);
    assertThat(second.join()).isSameAs(third.join());
    assertThat(second.join().added()).containsExactly(ChildId.of("more"));
    assertThat(supervisor.calls).containsExactly("define db", "define more");
  }

  @Test
  void report_waitsForTheDeathOfWhatIsRemoved() throws IOException {
    DirectoryFollower follower = follower();
    supervisor.holds = true;
    Files.delete(root.resolve("web.properties"));
    CompletableFuture<ScanReport> rescan = rescan(follower);
    assertThat(rescan).isNotDone();
    supervisor.release();
    assertThat(rescan.join().removed()).containsExactly(WEB);
  }

  @Test
  void executor_runsTheScan_andItsRefusalIsTold() throws IOException {
    Deque<Runnable> tasks = new ArrayDeque<>();
    DirectoryFollower follower = follower(tasks::add);
    CompletableFuture<ScanReport> rescan = rescan(follower);
    assertThat(rescan).isNotDone();
    tasks.remove().run();
    assertThat(rescan).isCompleted();

    DirectoryFollower shut =
        follower(
            task -> {
              throw new RejectedExecutionException("shut down");
            });
    assertThatThrownBy(() -> rescan(shut).join())
        .hasCauseInstanceOf(RejectedExecutionException.class);
  }

  @Test
  void thousandOperations_areNeverUnderWayAtOnce() throws IOException {
    DirectoryFollower follower = follower();
    for (int i = 0; i < 1000; i++) {
      disk.file("s" + i + ".properties", SERVICE);
    }
    supervisor.holds = true;
    CompletableFuture<ScanReport> rescan = rescan(follower);
    assertThat(supervisor.calls).hasSize(ScanApplication.OPERATIONS_MAX);
    supervisor.release();
    assertThat(rescan.join().added()).hasSize(1000);
  }
}
