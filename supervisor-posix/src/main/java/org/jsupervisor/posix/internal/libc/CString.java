package org.jsupervisor.posix.internal.libc;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;

/**
 * A text as C sees it: bytes in memory, with a NUL behind them. The text itself must have no NUL.
 *
 * <p>Encoded as the JDK encodes file names ({@code sun.jnu.encoding}), but as UTF-8 where that is
 * ASCII: under {@code LC_ALL=C} every other character would become a question mark.
 */
public final class CString {
  private static final Charset CHARSET = charsetFor(System.getProperty("sun.jnu.encoding", ""));

  private final NativeMemory memory;

  private CString(byte[] bytes) {
    memory = new NativeMemory(bytes.length + 1);
    memory.buffer().put(bytes);
  }

  /** This text in memory of its own. */
  public static CString of(String text) {
    return new CString(bytes(text));
  }

  /** The text without the NUL. */
  public static byte[] bytes(String text) {
    return text.getBytes(CHARSET);
  }

  /** What {@link #bytes} has made. */
  public static String text(byte[] bytes) {
    return new String(bytes, CHARSET);
  }

  /** Where it begins; valid as long as this object is in use. */
  public long address() {
    return memory.address();
  }

  static Charset charsetFor(String hostEncoding) {
    try {
      Charset host = Charset.forName(hostEncoding);
      return host.equals(StandardCharsets.US_ASCII) ? StandardCharsets.UTF_8 : host;
    } catch (UnsupportedCharsetException | java.nio.charset.IllegalCharsetNameException e) {
      return StandardCharsets.UTF_8;
    }
  }
}
