package org.jsupervisor.samples.scanhost;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jsupervisor.event.PublishedEvent;
import org.jsupervisor.event.SupervisorEvent;
import org.jsupervisor.process.ChildId;
import org.junit.jupiter.api.Test;

class LivePrinterTest {
  @Test
  void groupRestart_hasALine() {
    List<String> lines = new ArrayList<>();
    ChildId a = ChildId.of("a");
    ChildId b = ChildId.of("b");
    SupervisorEvent event = new SupervisorEvent.GroupRestart(ChildId.ROOT, a, List.of(a, b));
    new LivePrinter(lines::add, Arguments.Form.PLAIN)
        .onEvent(new PublishedEvent(1, Instant.EPOCH, event));
    assertThat(lines)
        .singleElement()
        .asString()
        .endsWith("restarting  together [a, b], since a failed");
  }
}
