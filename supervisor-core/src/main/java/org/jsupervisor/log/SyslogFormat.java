package org.jsupervisor.log;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What all syslog records of one sender have in common, as RFC 5424 calls it. Immutable.
 *
 * <pre>{@code
 * SyslogFormat.of(SyslogFacility.LOCAL3).withDataId("web@49152")
 * }</pre>
 *
 * @param facility what kind of program it is
 * @param hostName the HOSTNAME; {@value #NIL} if it is not known
 * @param appName the APP-NAME, at most {@value #APP_NAME_MAX} characters; empty: of output the
 *     address of the child, of events {@code supervisor}
 * @param dataId the SD-ID of the structured data: a name, {@code @}, and the private enterprise
 *     number of who has defined the name. The default, {@value #DATA_ID}, has the number that RFC
 *     5612 reserves for examples: an organisation that has one should use its own
 * @param encoding how the text is marked
 */
public record SyslogFormat(
    SyslogFacility facility,
    String hostName,
    Optional<String> appName,
    String dataId,
    Encoding encoding) {
  /** What stands for something that is not known. */
  public static final String NIL = "-";

  /** The default SD-ID. */
  public static final String DATA_ID = "supervisor@32473";

  /** The longest HOSTNAME. */
  public static final int HOST_NAME_MAX = 255;

  /** The longest APP-NAME. */
  public static final int APP_NAME_MAX = 48;

  /** The text of a record is UTF-8 in any case. */
  public enum Encoding {
    /** Without a mark, as most receivers want it. */
    UTF_8,
    /** With a byte order mark before it, as RFC 5424 has it. */
    UTF_8_MARKED
  }

  // SD-NAME without an enterprise number is the IANA's to give.
  private static final Pattern DATA_ID_SHAPE =
      Pattern.compile("(?=.{1,32}$)[!#-<>?A-\\\\^-~]+@[0-9]+(\\.[0-9]+)*");

  private static final Path KERNEL_HOST_NAME = Path.of("/proc/sys/kernel/hostname");

  /**
   * Checks the names.
   *
   * @throws IllegalArgumentException if a name is too long, or has a character that it must not
   */
  public SyslogFormat {
    check("host name", hostName, HOST_NAME_MAX);
    appName.ifPresent(name -> check("application name", name, APP_NAME_MAX));
    if (!DATA_ID_SHAPE.matcher(dataId).matches()) {
      throw new IllegalArgumentException(
          "syslog: data id must be NAME@NUMBER, at most 32 characters, was '" + dataId + "'");
    }
  }

  private static void check(String what, String name, int most) {
    if (name.isEmpty() || name.length() > most || !plain(name, most).equals(name)) {
      throw new IllegalArgumentException(
          "syslog: " + what + " must be 1 to " + most + " characters of ASCII without blanks");
    }
  }

  /** With the name of this host and the defaults. */
  public static SyslogFormat of(SyslogFacility facility) {
    return new SyslogFormat(facility, localHost(), Optional.empty(), DATA_ID, Encoding.UTF_8);
  }

  /** From the kernel: to ask the resolver could take long. */
  private static String localHost() {
    try {
      String name = Files.readString(KERNEL_HOST_NAME, StandardCharsets.UTF_8).strip();
      return name.isEmpty() ? NIL : plain(name, HOST_NAME_MAX);
    } catch (IOException notLinux) {
      return NIL;
    }
  }

  /** The same with another HOSTNAME. */
  public SyslogFormat withHostName(String replacement) {
    return new SyslogFormat(facility, replacement, appName, dataId, encoding);
  }

  /** The same with a fixed APP-NAME. */
  public SyslogFormat withAppName(String replacement) {
    return new SyslogFormat(facility, hostName, Optional.of(replacement), dataId, encoding);
  }

  /** The same with another SD-ID. */
  public SyslogFormat withDataId(String replacement) {
    return new SyslogFormat(facility, hostName, appName, replacement, encoding);
  }

  /** The same with another mark. */
  public SyslogFormat withEncoding(Encoding replacement) {
    return new SyslogFormat(facility, hostName, appName, dataId, replacement);
  }

  /**
   * A text as a field of the header: other characters become {@code _}, what is too long is cut.
   */
  static String plain(String text, int most) {
    String cut = text.substring(0, Math.min(text.length(), most));
    StringBuilder field = new StringBuilder(cut.length());
    cut.chars().forEach(c -> field.append(c > ' ' && c < 0x7f ? (char) c : '_'));
    return field.isEmpty() ? NIL : field.toString();
  }
}
