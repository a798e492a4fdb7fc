package org.jsupervisor.jmx;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import javax.management.JMException;
import javax.management.MBeanAttributeInfo;
import javax.management.MBeanFeatureInfo;
import javax.management.MBeanInfo;
import javax.management.MBeanNotificationInfo;
import javax.management.MBeanOperationInfo;
import javax.management.ObjectName;
import javax.management.openmbean.ArrayType;
import javax.management.openmbean.CompositeType;
import javax.management.openmbean.OpenType;
import org.junit.jupiter.api.Test;

/**
 * Renders the tables of {@code docs/jmx.md} from the metadata of the beans and compares them with
 * the page, so that the page is true and complete. To accept a change, run this test with {@code
 * JMX_PAGE=write} in the environment.
 */
final class JmxPageTest {
  private static final Path PAGE = Path.of("..", "docs", "jmx.md");
  private static final String BEGIN = "<!-- rendered by JmxPageTest: begin -->\n";
  private static final String END = "<!-- rendered by JmxPageTest: end -->\n";

  /** The composite types that attributes have, by the simple name of their record. */
  private final Map<String, CompositeType> composites = new TreeMap<>();

  @Test
  void renderedTables_equalThoseOfThePage() throws IOException, JMException {
    String page = Files.readString(PAGE);
    int begin = page.indexOf(BEGIN) + BEGIN.length();
    int end = page.indexOf(END);
    assertThat(begin).as("the mark %s", BEGIN).isPositive().isLessThanOrEqualTo(end);
    String rendered = render();
    if ("write".equals(System.getenv("JMX_PAGE"))) {
      Files.writeString(PAGE, page.substring(0, begin) + rendered + page.substring(end));
    }
    assertThat(Files.readString(PAGE)).contains(BEGIN + rendered + END);
  }

  private String render() throws JMException {
    JmxFixture jmx = new JmxFixture();
    FakeSupervisor tree = new FakeSupervisor("NAME").put(Children.down(Children.WEB));
    StringBuilder text = new StringBuilder();
    try (Registration beans = SupervisorMBeans.register(tree, jmx.server())) {
      var unused = beans.showScan(new FakeScan());
      List<ObjectName> names =
          beans.names().stream().sorted(Comparator.comparing(JmxPageTest::rank)).toList();
      for (ObjectName name : names) {
        render(name, jmx.server().getMBeanInfo(name), text);
      }
    }
    renderComposites(text);
    return text.toString();
  }

  /** The tree, a service, then its views, then the rest. */
  private static String rank(ObjectName name) {
    String type = name.getKeyProperty("type");
    int rank = type.equals("Supervisor") ? 0 : type.equals("Service") ? 1 : 2;
    return rank + name.toString();
  }

  private void render(ObjectName name, MBeanInfo info, StringBuilder text) {
    String shown = name.toString().replace("name=web", "name=SERVICE");
    text.append("\n### `").append(shown).append("`\n\n").append(info.getDescription());
    text.append(".\n\n| attribute | type | unit | meaning |\n| --- | --- | --- | --- |\n");
    Arrays.stream(info.getAttributes())
        .sorted(Comparator.comparing(MBeanFeatureInfo::getName))
        .forEach(attribute -> text.append(row(attribute)));
    if (info.getOperations().length > 0) {
      text.append("\n| operation | role | returns | what it does |\n| --- | --- | --- | --- |\n");
      Arrays.stream(info.getOperations())
          .sorted(Comparator.comparing(MBeanFeatureInfo::getName))
          .forEach(operation -> text.append(row(operation)));
    }
    if (info.getNotifications().length > 0) {
      text.append("\n| notification | user data | when |\n| --- | --- | --- |\n");
      for (MBeanNotificationInfo notification : info.getNotifications()) {
        text.append(row(notification));
      }
    }
  }

  private String row(MBeanAttributeInfo attribute) {
    Object units = attribute.getDescriptor().getFieldValue("units");
    Object metric = attribute.getDescriptor().getFieldValue("metricType");
    String unit = (units == null ? "" : units) + (metric == null ? "" : ", " + metric);
    return "| `"
        + attribute.getName()
        + "` | "
        + type(attribute)
        + " | "
        + unit
        + " | "
        + attribute.getDescription()
        + " |\n";
  }

  private String row(MBeanOperationInfo operation) {
    String parameters =
        Arrays.stream(operation.getSignature())
            .map(MBeanFeatureInfo::getName)
            .collect(Collectors.joining(", "));
    String role = (String) operation.getDescriptor().getFieldValue(NeededRole.FIELD);
    return "| `"
        + operation.getName()
        + "("
        + parameters
        + ")` | "
        + role.toLowerCase(Locale.ROOT)
        + " | "
        + type(operation)
        + " | "
        + operation.getDescription()
        + " |\n";
  }

  private String row(MBeanNotificationInfo notification) {
    Object data = notification.getDescriptor().getFieldValue("openType");
    String types =
        Arrays.stream(notification.getNotifTypes())
            .map(type -> "`" + type + "`")
            .collect(Collectors.joining(", "));
    return "| "
        + types
        + " | "
        + (data == null ? "" : type((OpenType<?>) data))
        + " | "
        + notification.getDescription()
        + " |\n";
  }

  private String type(MBeanFeatureInfo feature) {
    return type((OpenType<?>) feature.getDescriptor().getFieldValue("openType"));
  }

  private String type(OpenType<?> type) {
    if (type instanceof ArrayType<?> array) {
      return type(array.getElementOpenType()) + "[]";
    }
    String simple = type.getTypeName().substring(type.getTypeName().lastIndexOf('.') + 1);
    if (type instanceof CompositeType composite) {
      composites.put(simple, composite);
      return simple;
    }
    return simple;
  }

  private void renderComposites(StringBuilder text) {
    text.append("\n### Composite values\n\n| type | parts |\n| --- | --- |\n");
    composites.forEach(
        (name, type) ->
            text.append("| ")
                .append(name)
                .append(" | ")
                .append(String.join(", ", new TreeSet<>(type.keySet())))
                .append(" |\n"));
  }
}
