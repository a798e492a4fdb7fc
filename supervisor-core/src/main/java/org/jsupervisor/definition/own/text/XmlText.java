package org.jsupervisor.definition.own.text;

import java.io.IOException;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.commons.configuration2.XMLConfiguration;
import org.apache.commons.configuration2.ex.ConfigurationException;
import org.apache.commons.configuration2.io.FileLocatorUtils;
import org.apache.commons.configuration2.tree.ImmutableNode;
import org.jsupervisor.definition.Findings;
import org.xml.sax.SAXParseException;

/**
 * XML, read by Commons Configuration with a parser that is given to it: {@link LinedDocuments}
 * refuses document types, and so entities, and remembers lines. The nodes are taken as they are:
 * nothing is interpolated.
 */
final class XmlText {
  private static final String ONE = "service";
  private static final String MANY = "services";
  private static final String NAME = "name";
  private static final Pattern ENCODING =
      Pattern.compile("^<\\?xml[^>]*?encoding\\s*=\\s*[\"']([^\"']*)[\"']");

  private final Utf8 faults;

  XmlText(String file, Findings findings) {
    this.faults = new Utf8(file, findings);
  }

  Optional<List<Node>> parse(String text) {
    Matcher encoding = ENCODING.matcher(text);
    if (encoding.find() && !encoding.group(1).equalsIgnoreCase("UTF-8")) {
      faults.problem(1, "must be in UTF-8, and say so or nothing");
      return Optional.empty();
    }
    try {
      XMLConfiguration document = new XMLConfiguration();
      document.setInterpolator(null);
      document.initFileLocator(FileLocatorUtils.fileLocator().create());
      document.setDocumentBuilder(new LinedDocuments());
      document.read(new StringReader(text));
      return nodes(
          document.getRootElementName(), document.getNodeModel().getInMemoryRepresentation());
    } catch (ConfigurationException | IOException fault) {
      tell(fault);
      return Optional.empty();
    }
  }

  private void tell(Exception fault) {
    Throwable cause = fault;
    while (cause.getCause() != null && !(cause instanceof SAXParseException)) {
      cause = cause.getCause();
    }
    int line = cause instanceof SAXParseException place ? Math.max(0, place.getLineNumber()) : 0;
    if (cause instanceof LinedDocuments.RefusedException) {
      faults.problem(line, String.valueOf(cause.getMessage()));
    } else {
      faults.syntax(line, "XML", String.valueOf(cause.getMessage()));
    }
  }

  private Optional<List<Node>> nodes(String root, ImmutableNode content) {
    boolean many = root.equals(MANY);
    if (!many && !root.equals(ONE)) {
      faults.problem(0, "must have the root element <service> or <services>");
      return Optional.empty();
    }
    List<Node> nodes = new ArrayList<>();
    List<Node> services = new ArrayList<>();
    boolean known = isUnnamed(content);
    for (ImmutableNode each : content) {
      if (many && each.getNodeName().equals(ONE)) {
        Object name = each.getAttributes().get(NAME);
        if (name == null) {
          faults.problem(line(each), "must have a name, as in <service name=\"web\">");
          known = false;
        }
        services.add(Node.branch(String.valueOf(name), line(each), below(each)));
      } else {
        known &= isUnnamed(each);
        nodes.add(node(each));
      }
    }
    if (many) {
      nodes.add(Node.branch(MANY, line(content), services));
    }
    return known ? Optional.of(nodes) : Optional.empty();
  }

  private boolean isUnnamed(ImmutableNode node) {
    Map<String, Object> attributes = node.getAttributes();
    if (attributes.containsKey(NAME)) {
      faults.problem(line(node), "must not have a name: that is for <service> in <services>");
    }
    return !attributes.containsKey(NAME);
  }

  private static List<Node> below(ImmutableNode node) {
    return node.getChildren().stream().map(XmlText::node).toList();
  }

  private static Node node(ImmutableNode node) {
    String key = node.getNodeName();
    return node.getChildren().isEmpty()
        ? Node.leaf(key, line(node), node.getValue() == null ? "" : node.getValue().toString())
        : Node.branch(key, line(node), below(node));
  }

  private static int line(ImmutableNode node) {
    Object line = node.getAttributes().get(LinedDocuments.LINE);
    return line == null ? 0 : Integer.parseInt(line.toString());
  }
}
