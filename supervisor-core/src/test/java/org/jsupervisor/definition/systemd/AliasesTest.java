package org.jsupervisor.definition.systemd;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jsupervisor.scan.ScanDirectory;
import org.jsupervisor.scan.ScanResult;
import org.jsupervisor.spec.Dependency;
import org.jsupervisor.spec.WhenLost;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Units with more than one name. */
class AliasesTest extends UnitCase {
  @BeforeEach
  void makeUnits() throws IOException {
    disk.file("web.service", "[Service]\nExecStart=/bin/web\n");
    link("alias.service", "web.service");
    link("second.service", root.resolve("alias.service").toString());
  }

  private void link(String name, String target) throws IOException {
    Files.createSymbolicLink(root.resolve(name), Path.of(target));
  }

  private ScanResult scan() throws IOException {
    return new ScanDirectory(root, List.of(new SystemdReader()), disk.settings()).read();
  }

  @Test
  void linkToAnotherUnit_isAFurtherNameOfIt_andNoSecondService() throws IOException {
    ScanResult found = scan();
    assertThat(found.problems()).isEmpty();
    assertThat(found.specs()).extracting(spec -> spec.id().name()).containsExactly("web");
  }

  @Test
  void dependencyOnAFurtherName_isThatOnTheUnit() throws IOException {
    disk.file(
        "x.service",
        "[Unit]\nAfter=second.service\nRequires=alias.service\n[Service]\nExecStart=/bin/x\n");
    assertThat(scan().problems()).isEmpty();
    assertThat(disk.spec("x.service", "x").dependencies())
        .containsExactly(new Dependency("web", WhenLost.IS_RESTARTED));

    disk.file("web.service", "[Unit]\nAfter=alias.service\n[Service]\nExecStart=/bin/web\n");
    assertThat(disk.told("web.service"))
        .containsExactly("web.service:2: After: must be another unit, was 'alias.service'");
  }

  @Test
  void linkToATemplateOrToAFileElsewhere_isAUnitOfItsOwn() throws IOException {
    disk.file("worker@.service", "[Service]\nExecStart=/bin/worker %i\n");
    disk.file("store/db.service", "[Service]\nExecStart=/bin/db\n");
    link("worker@1.service", "worker@.service");
    link("cache.service", "store/db.service");
    assertThat(scan().specs())
        .extracting(spec -> spec.id().name())
        .containsExactly("cache", "web", "worker@1");
  }
}
