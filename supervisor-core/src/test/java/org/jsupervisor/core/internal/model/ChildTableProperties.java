package org.jsupervisor.core.internal.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.jsupervisor.process.ChildId;
import org.jsupervisor.spec.ProcessSpec;

/** The table is a map that keeps its old versions. */
class ChildTableProperties {
  private static final Moment MOMENT = new Moment(0, 0);

  private static ChildModel child(String id, long ordinal) {
    ProcessSpec spec = ProcessSpec.builder(id, "program").build();
    ChildDraft draft = new ChildDraft(spec, MOMENT, new StepLog());
    draft.ordinal = ordinal;
    return new ChildModel(draft);
  }

  /** Ids whose hashes collide as well as others. */
  private static String id(int number) {
    return number % 2 == 0 ? "c" + number : (number % 4 == 1 ? "Aa" : "BB") + number / 4 * 4;
  }

  /** Each number: put the child with it, if positive; take it out, if negative. */
  @Property(tries = 300)
  void anyChanges_areThoseOfAMap_andOldVersionsStayAsTheyWere(
      @ForAll @Size(max = 300) List<@IntRange(min = -60, max = 60) Integer> changes) {
    ChildTable table = ChildTable.EMPTY;
    Map<ChildId, ChildModel> reference = new LinkedHashMap<>();
    List<ChildTable> versions = new ArrayList<>();
    List<Map<ChildId, ChildModel>> expected = new ArrayList<>();
    long ordinal = 0;
    for (int change : changes) {
      ChildId id = ChildId.of(id(Math.abs(change)));
      if (change >= 0) {
        ChildModel old = reference.get(id);
        ChildModel model = child(id.path(), old == null ? ordinal++ : old.ordinal());
        table = table.with(model);
        reference.put(id, model);
      } else {
        table = table.without(id);
        reference.remove(id);
      }
      if (versions.size() < 20) {
        versions.add(table);
        expected.add(new LinkedHashMap<>(reference));
      }
    }
    assertSame(table, reference);
    for (int i = 0; i < versions.size(); i++) {
      assertSame(versions.get(i), expected.get(i));
    }
  }

  private static void assertSame(ChildTable table, Map<ChildId, ChildModel> reference) {
    assertThat(table.size()).isEqualTo(reference.size());
    reference.forEach((id, model) -> assertThat(table.find(id)).containsSame(model));
    assertThat(table.inStartOrder())
        .isEqualTo(
            reference.values().stream()
                .sorted(Comparator.comparingLong(ChildModel::ordinal))
                .toList());
  }

  @Example
  void twentyThousandChildren_areFound_andOneChangeSharesAllTheOthers() {
    int n = 20_000;
    ChildTable table = ChildTable.EMPTY;
    for (int i = 0; i < n; i++) {
      table = table.with(child("service-" + i, i));
    }
    ChildTable full = table;
    ChildModel changed = child("service-777", 777);
    ChildTable after = table.with(changed);
    int shared = 0;
    for (int i = 0; i < n; i++) {
      ChildId id = ChildId.of("service-" + i);
      shared += full.find(id).orElseThrow() == after.find(id).orElseThrow() ? 1 : 0;
    }
    assertThat(shared).isEqualTo(n - 1);
    assertThat(after.inStartOrder())
        .hasSize(n)
        .isSortedAccordingTo(Comparator.comparingLong(ChildModel::ordinal));
    for (int i = 0; i < n; i++) {
      table = table.without(ChildId.of("service-" + i));
    }
    assertThat(table.size()).isZero();
    assertThat(table.inStartOrder()).isEmpty();
    assertThat(full.size()).isEqualTo(n);
  }

  @Example
  void absentChild_isNoChange() {
    ChildTable table = ChildTable.EMPTY.with(child("a", 0));
    assertThat(table.without(ChildId.of("b"))).isSameAs(table);
    assertThat(table.find(ChildId.of("b"))).isEmpty();
  }
}
