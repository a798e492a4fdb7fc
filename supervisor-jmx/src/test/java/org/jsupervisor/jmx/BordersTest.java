package org.jsupervisor.jmx;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.io.IOException;
import java.io.InputStream;
import java.lang.module.ModuleDescriptor;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The borders of this module: what it may see, and what clients must be able to see. */
final class BordersTest {
  private static final String EXPORTED = "org.jsupervisor.jmx";
  private static final String REMOTE = EXPORTED + ".remote";

  private static Path ourClasses() throws URISyntaxException {
    return Path.of(
        SupervisorMBeans.class.getProtectionDomain().getCodeSource().getLocation().toURI());
  }

  private static JavaClasses imported() throws URISyntaxException {
    return new ClassFileImporter().importPath(ourClasses());
  }

  @Test
  void module_requiresOnlyTheApiAndManagement_andExportsToEverybody()
      throws IOException, URISyntaxException {
    ModuleDescriptor module;
    try (InputStream in = Files.newInputStream(ourClasses().resolve("module-info.class"))) {
      module = ModuleDescriptor.read(in);
    }

    assertThat(module.requires())
        .extracting(ModuleDescriptor.Requires::name)
        .containsExactlyInAnyOrder(
            "java.base",
            "java.management",
            "java.management.rmi",
            "java.rmi",
            "org.jspecify",
            "org.jsupervisor.api");
    // A qualified export lets registration succeed and every read fail.
    assertThat(module.exports())
        .allMatch(exports -> !exports.isQualified())
        .extracting(ModuleDescriptor.Exports::source)
        .containsExactlyInAnyOrder(EXPORTED, REMOTE);
  }

  @Test
  void connector_seesTheApisProblems_andTheJdk() throws URISyntaxException {
    classes()
        .that()
        .resideInAPackage(REMOTE)
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(
            "java..",
            "javax..",
            "org.jspecify..",
            "org.jsupervisor.spec",
            EXPORTED,
            EXPORTED + ".internal",
            REMOTE)
        .check(imported());
  }

  @Test
  void classes_seeOnlyTheApiAndManagement() throws URISyntaxException {
    classes()
        .that()
        .resideInAPackage(EXPORTED + "..")
        .and()
        .resideOutsideOfPackage(REMOTE)
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(
            "java..",
            "javax.management..",
            "javax.security.auth", // the name of who calls
            "org.jspecify..",
            "org.jsupervisor",
            "org.jsupervisor.event",
            "org.jsupervisor.output",
            "org.jsupervisor.policy", // after which ends there is a restart
            "org.jsupervisor.process",
            "org.jsupervisor.rescan",
            "org.jsupervisor.snapshot",
            "org.jsupervisor.spec",
            "org.jsupervisor.jmx..")
        .check(imported());
  }

  @Test
  void beans_nameNoInternalType_andArePublic() throws URISyntaxException {
    noClasses()
        .that()
        .resideInAPackage(EXPORTED)
        .and()
        .doNotHaveFullyQualifiedName(SupervisorMBeans.class.getName())
        .should()
        .dependOnClassesThat()
        .resideInAPackage(EXPORTED + ".internal..")
        .check(imported());
    classes()
        .that()
        .resideInAPackage(EXPORTED)
        .and()
        .areNotAnonymousClasses()
        .and()
        .doNotHaveSimpleName("package-info")
        .should()
        .bePublic()
        .check(imported());
  }

  @Test
  void tests_runWithThisModuleNamed() {
    // Otherwise no test would see a read that fails for a missing export.
    assertThat(SupervisorMBeans.class.getModule().getName()).isEqualTo("org.jsupervisor.jmx");
  }
}
