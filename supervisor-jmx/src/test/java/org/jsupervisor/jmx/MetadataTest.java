package org.jsupervisor.jmx;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.stream.Stream;
import javax.management.JMException;
import javax.management.MBeanAttributeInfo;
import javax.management.MBeanInfo;
import javax.management.MBeanNotificationInfo;
import javax.management.MBeanOperationInfo;
import javax.management.ObjectName;
import javax.management.openmbean.CompositeData;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What a console shows of the beans, and what it can edit. */
final class MetadataTest {
  private final JmxFixture jmx = new JmxFixture();
  private final FakeSupervisor supervisor =
      new FakeSupervisor("main").put(Children.running(Children.WEB));
  private Registration registration;

  @BeforeEach
  void register() {
    registration = SupervisorMBeans.register(supervisor, jmx.server());
    var unused = registration.showScan(new FakeScan());
  }

  @AfterEach
  void close() {
    registration.close();
  }

  static Stream<ObjectName> beans() {
    return Stream.of(JmxFixture.supervisor(), JmxFixture.service("web"), JmxFixture.scan());
  }

  @ParameterizedTest
  @MethodSource("beans")
  void bean_anyPart_isDescribed(ObjectName bean) throws JMException {
    MBeanInfo info = jmx.server().getMBeanInfo(bean);

    assertThat(info.getDescription()).startsWith("A s");
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

  private static void assertDescribed(String name, String description) {
    assertThat(description)
        .as(name)
        .isNotBlank()
        .isNotEqualTo(name)
        .doesNotContain("exposed for management");
  }

  @ParameterizedTest
  @MethodSource("beans")
  void operation_any_hasImpactAndNamedEditableParametersAndIsNotOverloaded(ObjectName bean)
      throws JMException {
    MBeanOperationInfo[] operations = jmx.server().getMBeanInfo(bean).getOperations();

    assertThat(operations)
        .isNotEmpty()
        .extracting(MBeanOperationInfo::getName)
        .doesNotHaveDuplicates();
    for (MBeanOperationInfo operation : operations) {
      assertThat(operation.getImpact())
          .as(operation.getName())
          .isEqualTo(
              switch (operation.getName()) {
                case "explain", "measure", "tail", "plan" -> MBeanOperationInfo.INFO;
                case "selfTest" -> MBeanOperationInfo.ACTION_INFO;
                default -> MBeanOperationInfo.ACTION;
              });
      assertThat(operation.getReturnType())
          .as(operation.getName())
          .isEqualTo(
              switch (operation.getName()) {
                case "explain", "selfTest", "tail", "plan" -> "[Ljava.lang.String;";
                case "measure" -> CompositeData.class.getName();
                default -> "java.lang.String";
              });
      for (var parameter : operation.getSignature()) {
        assertThat(parameter.getName()).doesNotMatch("p[0-9]+");
        assertThat(parameter.getType()).isIn("int", "long", "java.lang.String");
      }
    }
  }

  @ParameterizedTest
  @MethodSource("beans")
  void attribute_any_isReadOnlyAndNumbersHaveUnits(ObjectName bean) throws JMException {
    for (MBeanAttributeInfo attribute : jmx.server().getMBeanInfo(bean).getAttributes()) {
      assertThat(attribute.isWritable()).as(attribute.getName()).isFalse();
      if (attribute.getType().equals("long") || attribute.getType().equals("int")) {
        assertThat(attribute.getDescriptor().getFieldValue("units"))
            .as(attribute.getName())
            .isNotNull();
      }
      if (attribute.getName().endsWith("Millis") || attribute.getName().endsWith("Time")) {
        assertThat((String) attribute.getDescriptor().getFieldValue("units")).startsWith("ms");
      }
    }
  }

  @Test
  void parameter_waitSeconds_hasUnit() throws JMException {
    MBeanOperationInfo up =
        Arrays.stream(jmx.server().getMBeanInfo(JmxFixture.service("web")).getOperations())
            .filter(operation -> operation.getName().equals("up"))
            .findFirst()
            .orElseThrow();

    assertThat(up.getSignature()[0].getName()).isEqualTo("waitSeconds");
    assertThat(up.getSignature()[0].getDescriptor().getFieldValue("units")).isEqualTo("s");
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
}
