package org.jsupervisor.fuzz;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.CRC32C;
import org.jsupervisor.wish.WishMemory;
import org.junit.jupiter.api.io.TempDir;

/** The file of wishes: whatever is in it, a host begins, and what is not ours is told. */
class WishesFuzz {
  @TempDir static Path root;

  /** Between a good beginning and an end that is right, since a fuzzer finds no checksum. */
  @FuzzTest(maxDuration = "60s")
  void anyLines_areWishesOrAProblem(byte[] content) throws IOException {
    String lines = new String(content, ISO_8859_1);
    String text = "supervisor wishes 1\n" + lines + (lines.isEmpty() ? "" : "\n");
    long count = text.chars().filter(c -> c == '\n').count() - 1;
    CRC32C sum = new CRC32C();
    sum.update(text.getBytes(ISO_8859_1));
    Path file = root.resolve("wishes");
    Files.writeString(
        file,
        text + "end " + count + " " + String.format("%08x", sum.getValue()) + "\n",
        ISO_8859_1);
    try (WishMemory memory = WishMemory.open(file)) {
      if (memory.problem().isEmpty() && memory.wishes().size() > count) {
        throw new AssertionError("more wishes than lines: " + memory.wishes());
      }
    }
  }
}
