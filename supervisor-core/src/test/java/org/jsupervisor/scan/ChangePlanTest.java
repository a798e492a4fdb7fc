package org.jsupervisor.scan;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jsupervisor.definition.Definition;
import org.jsupervisor.definition.DefinitionFixture;
import org.jsupervisor.process.ChildId;
import org.jsupervisor.rescan.ChangePlan;
import org.jsupervisor.spec.ProcessSpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What would be done, in which order and why. */
class ChangePlanTest {
  private static final Path ORIGIN = Path.of("/services/all");

  @TempDir Path root;

  private static ProcessSpec spec(String name, String... needs) {
    ProcessSpec.Builder builder = ProcessSpec.builder(name, "/bin/" + name);
    List.of(needs).forEach(on -> builder.addDependency(on));
    return builder.build();
  }

  private static ScanResult found(ProcessSpec... specs) {
    List<Definition> definitions =
        List.of(specs).stream()
            .<Definition>map(spec -> new Definition.Defined(ORIGIN, spec, List.of()))
            .toList();
    return new ScanResult(ORIGIN, definitions, List.of(), Set.of());
  }

  private static List<String> plan(ScanResult before, ScanResult now) {
    Map<ChildId, Sourced> inForce = new HashMap<>();
    Sourced.of(before).forEach(each -> inForce.put(each.id(), each));
    ChangePlan plan = Changes.of(ScanPlan.between(inForce, Map.of(), now), inForce, now);
    return plan.toString().lines().toList();
  }

  private static ProcessSpec changed(ProcessSpec spec, UnaryOperator<ProcessSpec.Builder> change) {
    return change.apply(spec.toBuilder()).build();
  }

  @Test
  void startOfAHost_isAllNew_whatOthersNeedFirst() {
    assertThat(found(spec("app", "db"), spec("db"), spec("web", "app")).planOfStart())
        .hasToString("start db: new\nstart app: new\nstart web: new");
  }

  @Test
  void whatIsGone_goesFirst_dependentsBeforeWhatTheyNeed() {
    assertThat(plan(found(spec("a"), spec("b", "a"), spec("c", "b")), found(spec("d"))))
        .containsExactly(
            "stop c: its definition is gone",
            "stop b: its definition is gone",
            "stop a: its definition is gone",
            "start d: new");
  }

  @Test
  void whatOthersNeededUntilNow_goesLast() {
    ProcessSpec app = spec("app", "old");
    ProcessSpec moved = spec("app", "new");
    assertThat(plan(found(app, spec("deep"), spec("old", "deep")), found(moved, spec("new"))))
        .containsExactly(
            "start new: new",
            "restart app: dependencies changed",
            "stop old: its definition is gone",
            "stop deep: its definition is gone");
  }

  @Test
  void changedParts_areNamed_notShown() {
    ProcessSpec secret =
        changed(spec("web"), web -> web.withCommand(List.of("/bin/web", "password")));
    assertThat(plan(found(spec("web")), found(secret)))
        .containsExactly("restart web: command changed");
  }

  @Test
  void unchanged_isKept() {
    assertThat(plan(found(spec("web")), found(spec("web")))).containsExactly("keep web: unchanged");
  }

  @Test
  void runningTree_isNotTouchedByAPlan() throws IOException {
    DefinitionFixture disk = new DefinitionFixture(root);
    disk.file("web.properties", "command=sleep\n");
    RecordingSupervisor supervisor = new RecordingSupervisor();
    ScanDirectory directory = ScanDirectory.of(root, disk.settings());
    DirectoryFollower follower =
        DirectoryFollower.following(directory, directory.read(), supervisor, Runnable::run);
    disk.file("web.properties", "command=\n");
    disk.file("db.properties", "command=sleep\n");
    ChangePlan plan = follower.plan().toCompletableFuture().join();
    assertThat(plan).hasToString("start db: new\nkeep web: its definition is refused");
    assertThat(plan.problems()).hasSize(1);
    assertThat(plan.isEmpty()).isFalse();
    Files.delete(root.resolve("db.properties"));
    assertThat(follower.plan().toCompletableFuture().join().isEmpty()).isTrue();
    assertThat(supervisor.calls).isEmpty();
  }
}
