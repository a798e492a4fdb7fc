package org.jsupervisor.jmx;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import javax.management.JMException;
import javax.management.MBeanAttributeInfo;
import javax.management.MBeanInfo;
import javax.management.MBeanNotificationInfo;
import javax.management.MBeanOperationInfo;
import javax.management.ObjectName;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What a console shows of all beans, and what it can edit. */
final class MetadataTest {
  /** What an operation may take: what consoles can edit. */
  private static final List<String> EDITABLE = List.of("int", "long", "java.lang.String");

  /** The operations that are no plain orders, and what is returned by them. */
  private static final Map<String, String> TELLING =
      Map.of(
          "dependents", "[Ljava.lang.String;",
          "events", "[Ljava.lang.String;",
          "explain", "[Ljava.lang.String;",
          "lastLines", "[Ljava.lang.String;",
          "measure", "javax.management.openmbean.CompositeData",
          "plan", "[Ljava.lang.String;",
          "selfTest", "[Ljava.lang.String;",
          "tail", "[Ljava.lang.String;");

  private final JmxFixture jmx = new JmxFixture();
  private final FakeSupervisor supervisor = tree();
  private Registration registration;

  private static FakeSupervisor tree() {
    return new FakeSupervisor("main").put(Children.running(Children.WEB));
  }

  @BeforeEach
  void register() {
    registration = SupervisorMBeans.register(supervisor, jmx.server());
    var unused = registration.showScan(new FakeScan());
  }

  @AfterEach
  void close() {
    registration.close();
  }

  /** Whatever is registered for a tree with one service. */
  static List<ObjectName> beans() {
    try (Registration all = SupervisorMBeans.register(tree(), new JmxFixture().server())) {
      var unused = all.showScan(new FakeScan());
      return all.names();
    }
  }

  private static void assertDescribed(String name, String description) {
    assertThat(description)
        .as(name)
        .isNotBlank()
        .isNotEqualTo(name)
        .doesNotContain("exposed for management");
  }

  @Test
  void beans_areOfAllKinds() {
    assertThat(beans())
        .extracting(name -> name.getKeyProperty("type") + "/" + name.getKeyProperty("view"))
        .containsExactlyInAnyOrder(
            "Supervisor/null",
            "Engine/null",
            "Platform/null",
            "Scan/null",
            "Service/Log",
            "Service/Health",
            "Service/null");
  }

  @ParameterizedTest
  @MethodSource("beans")
  void bean_anyPart_isDescribed(ObjectName bean) throws JMException {
    MBeanInfo info = jmx.server().getMBeanInfo(bean);

    assertThat(info.getDescription()).matches("(A|The) .{20,}");
    for (MBeanAttributeInfo attribute : info.getAttributes()) {
      assertDescribed(attribute.getName(), attribute.getDescription());
    }
    for (MBeanOperationInfo operation : info.getOperations()) {
      assertDescribed(operation.getName(), operation.getDescription());
      for (var parameter : operation.getSignature()) {
        assertDescribed(parameter.getName(), parameter.getDescription());
      }
    }
    for (MBeanNotificationInfo notification : info.getNotifications()) {
      assertDescribed(notification.getName(), notification.getDescription());
    }
  }

  @ParameterizedTest
  @MethodSource("beans")
  void operations_any_haveImpactAndRole_andAreNotOverloaded(ObjectName bean) throws JMException {
    MBeanOperationInfo[] operations = jmx.server().getMBeanInfo(bean).getOperations();

    assertThat(operations).extracting(MBeanOperationInfo::getName).doesNotHaveDuplicates();
    for (MBeanOperationInfo operation : operations) {
      String name = operation.getName();
      boolean tells = TELLING.containsKey(name);
      assertThat(operation.getImpact())
          .as(name)
          .isEqualTo(
              name.equals("selfTest")
                  ? MBeanOperationInfo.ACTION_INFO
                  : tells ? MBeanOperationInfo.INFO : MBeanOperationInfo.ACTION);
      assertThat(operation.getReturnType())
          .as(name)
          .isEqualTo(TELLING.getOrDefault(name, "java.lang.String"));
      String role = (String) operation.getDescriptor().getFieldValue(NeededRole.FIELD);
      assertThat(role)
          .as(name)
          .isEqualTo(
              switch (name) {
                case "dependents", "events", "explain", "measure", "plan" -> "OBSERVE";
                case "rescan", "stop" -> "DEFINE";
                default -> "OPERATE";
              });
    }
  }

  @ParameterizedTest
  @MethodSource("beans")
  void parameters_any_haveNamesAndUnits_andCanBeEdited(ObjectName bean) throws JMException {
    for (MBeanOperationInfo operation : jmx.server().getMBeanInfo(bean).getOperations()) {
      for (var parameter : operation.getSignature()) {
        assertThat(parameter.getName()).doesNotMatch("p[0-9]+");
        assertThat(parameter.getType()).as(parameter.getName()).isIn(EDITABLE);
        if (!parameter.getType().equals("java.lang.String")) {
          assertThat(parameter.getDescriptor().getFieldValue("units"))
              .as(operation.getName() + " " + parameter.getName())
              .isNotNull();
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("beans")
  void attribute_any_isReadOnlyAndNumbersHaveUnits(ObjectName bean) throws JMException {
    for (MBeanAttributeInfo attribute : jmx.server().getMBeanInfo(bean).getAttributes()) {
      assertThat(attribute.isWritable()).as(attribute.getName()).isFalse();
      Object units = attribute.getDescriptor().getFieldValue("units");
      if (attribute.getType().equals("long") || attribute.getType().equals("int")) {
        assertThat(units).as(attribute.getName()).isNotNull();
      }
      if (attribute.getName().matches(".*(Millis|Time)")) {
        assertThat((String) units).as(attribute.getName()).startsWith("ms");
      }
      if (attribute.getName().endsWith("Bytes")) {
        assertThat(units).as(attribute.getName()).isEqualTo("bytes");
      }
    }
  }

  @Test
  void counter_restarts_isDeclaredAsCounter() throws JMException {
    MBeanAttributeInfo restarts =
        Arrays.stream(jmx.server().getMBeanInfo(JmxFixture.service("web")).getAttributes())
            .filter(attribute -> attribute.getName().equals("RestartCount"))
            .findFirst()
            .orElseThrow();

    assertThat(restarts.getDescriptor().getFieldValue("metricType")).isEqualTo("counter");
  }

  @Test
  void notifications_ofService_areAllDeclared() throws JMException {
    assertThat(jmx.server().getMBeanInfo(JmxFixture.service("web")).getNotifications())
        .flatExtracting(info -> Arrays.asList(info.getNotifTypes()))
        .containsExactlyInAnyOrder(
            "jmx.attribute.change",
            "org.jsupervisor.service.launched",
            "org.jsupervisor.service.ended",
            "org.jsupervisor.service.ready",
            "org.jsupervisor.service.gaveup",
            "org.jsupervisor.service.removed");
  }

  @Test
  void operations_noneTakesACommandLineAPathOrAClass() throws JMException {
    for (ObjectName bean : registration.names()) {
      assertThat(
              Arrays.stream(jmx.server().getMBeanInfo(bean).getOperations())
                  .flatMap(operation -> Arrays.stream(operation.getSignature()))
                  .filter(parameter -> parameter.getType().equals("java.lang.String"))
                  .map(parameter -> parameter.getName())
                  .collect(Collectors.toSet()))
          .isSubsetOf("reason", "command", "name");
    }
  }
}
