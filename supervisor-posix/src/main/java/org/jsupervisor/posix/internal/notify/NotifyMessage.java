package org.jsupervisor.posix.internal.notify;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Pattern;

/**
 * One message of {@code sd_notify}. Keys that are unknown, among them {@code ERRNO}, {@code
 * BUSERROR} and {@code BARRIER} (its descriptor is closed as every other is), are passed over; of a
 * key that stands twice the first counts, as with systemd. Total: any bytes are a message.
 *
 * @param ready {@code READY=1}
 * @param reloading {@code RELOADING=1}
 * @param stopping {@code STOPPING=1}
 * @param life what it says of its life
 * @param moreTime {@code EXTEND_TIMEOUT_USEC}, positive, at most {@link #MORE_TIME_MAX}
 * @param status {@code STATUS}, as it came
 * @param mainPid {@code MAINPID}, positive
 * @param refused what cannot be done, one phrase each
 */
public record NotifyMessage(
    boolean ready,
    boolean reloading,
    boolean stopping,
    Life life,
    Optional<Duration> moreTime,
    Optional<String> status,
    OptionalLong mainPid,
    List<String> refused) {
  /** The longest message in bytes; of a longer one nothing counts. */
  public static final int BYTES_MAX = 4096;

  /** The most time that one message can ask for. */
  public static final Duration MORE_TIME_MAX = Duration.ofDays(1);

  private static final int SHOWN_MAX = 40;
  private static final Pattern NUMBER = Pattern.compile("[0-9]{1,18}");

  /** What a message says of the life of its sender. */
  public enum Life {
    /** Nothing. */
    UNSAID,
    /** {@code WATCHDOG=1}. */
    WELL,
    /** {@code WATCHDOG=trigger}. */
    ILL
  }

  public NotifyMessage {
    refused = List.copyOf(refused);
  }

  /** What these bytes say. */
  public static NotifyMessage parse(byte[] bytes) {
    // Some senders count the NUL of C; within the text it would hide what follows it from some.
    int end = bytes.length > 0 && bytes[bytes.length - 1] == 0 ? bytes.length - 1 : bytes.length;
    String text = new String(bytes, 0, end, StandardCharsets.UTF_8);
    if (bytes.length > BYTES_MAX) {
      return nothing("a message of more than " + BYTES_MAX + " bytes");
    }
    return text.indexOf('\0') >= 0 ? nothing("a message with a NUL") : of(values(text));
  }

  /** One of which nothing counts. */
  public static NotifyMessage nothing(String why) {
    return new NotifyMessage(
        false,
        false,
        false,
        Life.UNSAID,
        Optional.empty(),
        Optional.empty(),
        OptionalLong.empty(),
        List.of(why));
  }

  private static Map<String, String> values(String text) {
    Map<String, String> values = new HashMap<>();
    for (String line : text.split("\n", -1)) {
      int cut = line.indexOf('=');
      if (cut > 0) {
        values.putIfAbsent(line.substring(0, cut), line.substring(cut + 1));
      }
    }
    return values;
  }

  private static NotifyMessage of(Map<String, String> values) {
    List<String> refused = new ArrayList<>();
    if (is(values, "FDSTORE", "1")) {
      refused.add("FDSTORE=1: no descriptors are kept");
    }
    if (values.containsKey("WATCHDOG_USEC")) {
      refused.add("WATCHDOG_USEC: the time is that of the definition");
    }
    OptionalLong mainPid = number(values, "MAINPID", Integer.MAX_VALUE, refused);
    OptionalLong micros = number(values, "EXTEND_TIMEOUT_USEC", Long.MAX_VALUE, refused);
    return new NotifyMessage(
        is(values, "READY", "1"),
        is(values, "RELOADING", "1"),
        is(values, "STOPPING", "1"),
        life(values),
        micros.isPresent() ? Optional.of(duration(micros.getAsLong())) : Optional.empty(),
        Optional.ofNullable(values.get("STATUS")),
        mainPid,
        refused);
  }

  private static boolean is(Map<String, String> values, String key, String value) {
    return value.equals(values.get(key));
  }

  private static Life life(Map<String, String> values) {
    if (is(values, "WATCHDOG", "1")) {
      return Life.WELL;
    }
    return is(values, "WATCHDOG", "trigger") ? Life.ILL : Life.UNSAID;
  }

  private static OptionalLong number(
      Map<String, String> values, String key, long most, List<String> refused) {
    String text = values.get(key);
    if (text == null) {
      return OptionalLong.empty();
    }
    long number = NUMBER.matcher(text).matches() ? Long.parseLong(text) : 0;
    if (number < 1 || number > most) {
      String shown = text.length() > SHOWN_MAX ? text.substring(0, SHOWN_MAX) + "..." : text;
      refused.add(key + "=" + shown + ": must be a positive number");
      return OptionalLong.empty();
    }
    return OptionalLong.of(number);
  }

  private static Duration duration(long micros) {
    long most = MORE_TIME_MAX.toNanos() / 1000;
    return Duration.ofNanos(Math.min(micros, most) * 1000);
  }
}
