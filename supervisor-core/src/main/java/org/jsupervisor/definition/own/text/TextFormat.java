package org.jsupervisor.definition.own.text;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jsupervisor.definition.Findings;

/** The ways to write a service file. They differ in syntax only: each gives the same nodes. */
public enum TextFormat {
  PROPERTIES("", "properties"),
  INI("", "ini"),
  YAML("org.yaml:snakeyaml", "ya?ml"),
  JSON("com.fasterxml.jackson.core:jackson-core", "json"),
  XML("", "xml");

  private final String library;
  private final Pattern name;

  TextFormat(String library, String suffix) {
    this.library = library;
    this.name = Pattern.compile("(.*)\\." + suffix, Pattern.DOTALL);
  }

  /** The format of a file of this name. */
  public static Optional<TextFormat> of(String fileName) {
    return Stream.of(values())
        .filter(format -> format.name.matcher(fileName).matches())
        .findFirst();
  }

  /** The name of such a file without what it ends with. */
  public String stem(String fileName) {
    Matcher parts = name.matcher(fileName);
    return parts.matches() ? parts.group(1) : fileName;
  }

  /**
   * What a file says, in its order: fewer, and problems, if a line is wrong; empty, and a problem,
   * if it is not of this format at all, or ends too early.
   *
   * @param file its path, for problems
   */
  public Optional<List<Node>> parse(String file, byte[] content, Findings findings) {
    Optional<String> text = new Utf8(file, findings).decode(content);
    try {
      return text.flatMap(
          known ->
              switch (this) {
                case PROPERTIES -> Optional.of(new PropertiesText(file, findings).parse(known, 1));
                case INI -> new IniText(file, findings).parse(known);
                case YAML -> new YamlText(file, findings).parse(known);
                case JSON -> new JsonText(file, findings).parse(known);
                case XML -> new XmlText(file, findings).parse(known);
              });
    } catch (LinkageError absent) {
      // It is not there, or one that is too old for us.
      if (library.isEmpty()) {
        throw absent;
      }
      findings.problem(file, "", "cannot be read: needs the library " + library);
      return Optional.empty();
    }
  }
}
