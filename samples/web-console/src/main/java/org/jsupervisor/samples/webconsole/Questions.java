package org.jsupervisor.samples.webconsole;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.management.MalformedObjectNameException;
import javax.management.ObjectName;
import org.jolokia.json.JSONArray;
import org.jolokia.json.parser.JSONParser;
import org.jolokia.json.parser.ParseException;
import org.jspecify.annotations.Nullable;

/**
 * What may be asked at all. Jolokia's policy says which attributes and operations; but it answers
 * {@code version} and {@code config} whatever the policy says, reads attributes before it finds
 * that they are forbidden, and lists the names of those in its errors. So nothing comes to it but
 * reads and calls of beans of our own domain.
 *
 * @param list well-formed questions
 */
record Questions(JSONArray list) {
  /** The page asks five at once. */
  static final int COUNT_MAX = 16;

  private static final String DOMAIN = "org.jsupervisor";
  private static final Set<String> KEYS =
      Set.of("type", "mbean", "attribute", "operation", "arguments");

  /** Why something is not asked, as a rule; what was asked instead is not repeated. */
  static final class RefusedException extends Exception {
    private static final long serialVersionUID = 1L;

    private final int status;

    private RefusedException(int status, String rule) {
      super(rule);
      this.status = status;
    }

    /** The status of HTTP. */
    int status() {
      return status;
    }
  }

  /** Reads questions: a list, in JSON. */
  static Questions parse(InputStream text) throws IOException, RefusedException {
    Object json;
    try {
      json = new JSONParser().parse(new InputStreamReader(text, StandardCharsets.UTF_8));
    } catch (ParseException | IllegalStateException e) {
      throw new RefusedException(400, "questions are JSON");
    }
    if (!(json instanceof JSONArray list) || list.isEmpty() || list.size() > COUNT_MAX) {
      throw new RefusedException(400, "questions are a list of 1 to " + COUNT_MAX);
    }
    for (Object question : list) {
      check(question);
    }
    return new Questions(list);
  }

  private static void check(Object question) throws RefusedException {
    if (!(question instanceof Map<?, ?> keys) || !KEYS.containsAll(keys.keySet())) {
      throw new RefusedException(400, "a question is an object with keys of " + KEYS);
    }
    boolean read = "read".equals(keys.get("type"));
    if (!read && !"exec".equals(keys.get("type"))) {
      throw new RefusedException(403, "a question has the type read or exec");
    }
    ObjectName bean = name(String.valueOf(keys.get("mbean")));
    if (!bean.getDomain().equals(DOMAIN)) {
      throw new RefusedException(403, "only beans of " + DOMAIN + " can be asked");
    }
    if (bean.isPattern() && !read) {
      throw new RefusedException(403, "operations are called on one bean");
    }
    // Without names Jolokia would read all attributes.
    boolean all = keys.get("attribute") instanceof List<?> names && names.isEmpty();
    if (read && (all || !isFlat(keys.get("attribute")))) {
      throw new RefusedException(400, "a read names its attributes");
    }
    if (keys.containsKey("arguments") && !isFlat(keys.get("arguments"))) {
      throw new RefusedException(400, "arguments are texts, numbers and truth values");
    }
  }

  private static boolean isFlat(@Nullable Object value) {
    return value instanceof List<?> list
        ? list.stream().allMatch(Questions::isPlain)
        : isPlain(value);
  }

  private static boolean isPlain(@Nullable Object value) {
    return value instanceof String || value instanceof Number || value instanceof Boolean;
  }

  private static ObjectName name(String text) throws RefusedException {
    try {
      return new ObjectName(text);
    } catch (MalformedObjectNameException e) {
      throw new RefusedException(400, "mbean is an object name");
    }
  }
}
