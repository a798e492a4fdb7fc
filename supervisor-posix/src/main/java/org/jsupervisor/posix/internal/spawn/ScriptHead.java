package org.jsupervisor.posix.internal.spawn;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import org.jsupervisor.posix.internal.libc.CString;
import org.jsupervisor.posix.internal.libc.Libc;
import org.jsupervisor.posix.internal.libc.NativeMemory;

/** Reads the {@code #!} line of a script. Not thread-safe. */
final class ScriptHead {
  // What the kernel looks at, too.
  private static final int BYTES = 256;

  private final Libc libc;
  private final NativeMemory head = new NativeMemory(BYTES);

  ScriptHead(Libc libc) {
    this.libc = libc;
  }

  /** The interpreter; empty if it is no script or cannot be read. */
  Optional<String> interpreter(CString path) {
    return read(path).flatMap(bytes -> parse(CString.text(bytes)));
  }

  /**
   * Whether it is a script with an interpreter, or a binary; true if it cannot be read. A tool that
   * executes anything else may have a shell read it, which an exec of ours would not.
   */
  boolean isExecutable(CString path) {
    return read(path)
        .map(bytes -> startsWith(bytes, "#!") || startsWith(bytes, "\177ELF"))
        .orElse(true);
  }

  private static boolean startsWith(byte[] bytes, String magic) {
    byte[] wanted = magic.getBytes(StandardCharsets.ISO_8859_1);
    return Arrays.equals(Arrays.copyOf(bytes, wanted.length), wanted);
  }

  private Optional<byte[]> read(CString path) {
    int descriptor = libc.files().openToRead(path);
    if (descriptor < 0) {
      return Optional.empty();
    }
    try {
      int count = (int) Math.max(0, libc.read(descriptor, head.address(), BYTES));
      byte[] bytes = new byte[count];
      head.buffer().get(0, bytes);
      return Optional.of(bytes);
    } finally {
      libc.close(descriptor);
    }
  }

  static Optional<String> parse(String head) {
    if (!head.startsWith("#!")) {
      return Optional.empty();
    }
    String line = head.substring(2).lines().findFirst().orElse("").strip();
    int end = line.indexOf(' ');
    int tab = line.indexOf('\t');
    if (tab >= 0 && (end < 0 || tab < end)) {
      end = tab;
    }
    String interpreter = end < 0 ? line : line.substring(0, end);
    return interpreter.isEmpty() ? Optional.empty() : Optional.of(interpreter);
  }
}
