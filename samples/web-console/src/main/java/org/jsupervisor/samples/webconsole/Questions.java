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
  private static final Set<String> READ_KEYS = Set.of("type", "mbean", "attribute");
  private static final Set<String> CALL_KEYS = Set.of("type", "mbean", "operation", "arguments");

  private static final String INTEGER =
      "integers of " + Integer.MIN_VALUE + " to " + Integer.MAX_VALUE;

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
    } catch (ParseException | IllegalStateException | NumberFormatException e) {
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
    if (!(question instanceof Map<?, ?> values)) {
      throw new RefusedException(400, "a question is an object");
    }
    boolean read = "read".equals(values.get("type"));
    if (!read && !"exec".equals(values.get("type"))) {
      throw new RefusedException(403, "a question has the type read or exec");
    }
    Set<String> keys = read ? READ_KEYS : CALL_KEYS;
    if (!keys.containsAll(values.keySet())) {
      throw new RefusedException(400, "a question of this type has keys of " + keys);
    }
    ObjectName bean = name(values.get("mbean"));
    if (!bean.getDomain().equals(DOMAIN)) {
      throw new RefusedException(403, "only beans of " + DOMAIN + " can be asked");
    }
    if (read) {
      checkAttributes(values.get("attribute"));
    } else {
      checkCall(bean, values);
    }
  }

  // Without names Jolokia would read all attributes.
  private static void checkAttributes(@Nullable Object names) throws RefusedException {
    boolean named =
        names instanceof List<?> list
            ? !list.isEmpty() && list.stream().allMatch(String.class::isInstance)
            : names instanceof String;
    if (!named) {
      throw new RefusedException(400, "a read names its attributes");
    }
  }

  private static void checkCall(ObjectName bean, Map<?, ?> values) throws RefusedException {
    if (bean.isPattern()) {
      throw new RefusedException(403, "operations are called on one bean");
    }
    if (!(values.get("operation") instanceof String)) {
      throw new RefusedException(400, "a call names its operation");
    }
    boolean plain =
        values.get("arguments") instanceof List<?> list
            ? list.stream().allMatch(Questions::isPlain)
            : !values.containsKey("arguments");
    if (!plain) {
      throw new RefusedException(400, "arguments are a list of texts, truth values and " + INTEGER);
    }
  }

  /** Of numbers only what an int can be: Jolokia would cut off from any other what does not fit. */
  private static boolean isPlain(@Nullable Object value) {
    return value instanceof String
        || value instanceof Boolean
        || (value instanceof Long number && number == number.intValue());
  }

  private static ObjectName name(@Nullable Object value) throws RefusedException {
    if (!(value instanceof String text)) {
      throw new RefusedException(400, "mbean is a text");
    }
    try {
      return new ObjectName(text);
    } catch (MalformedObjectNameException e) {
      throw new RefusedException(400, "mbean is an object name");
    }
  }
}
