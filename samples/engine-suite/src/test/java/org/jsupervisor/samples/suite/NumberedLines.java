package org.jsupervisor.samples.suite;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/**
 * Lines {@code RUN NUMBER}, counted from 1 in each run, and {@code RUN end NUMBER} behind the last:
 * what a run says it has written is all there, once, in order.
 */
final class NumberedLines {
  /**
   * Writes them as fast as it can, until it is told to end; each write is one for the kernel. Says
   * on descriptor 3 that it can be told.
   */
  static final String WRITER =
      """
      use Errno;
      my $stop = 0; $SIG{TERM} = sub { $stop = 1 };
      my ($run, $n) = ("$$-" . int(rand(1e9)), 0);
      sub put {
        until (defined syswrite(STDOUT, $_[0])) { die "write: $!" unless $!{EINTR} }
      }
      open(my $ready, '>&=', 3) or die "3: $!"; syswrite($ready, "\\n"); close($ready);
      until ($stop) {
        if ($n >= $ARGV[0]) { select(undef, undef, undef, 0.005); next }
        my $lines = ''; $lines .= "$run " . ++$n . "\\n" for 1..100;
        put($lines);
      }
      put("$run end $n\\n");
      """;

  private final Map<String, Long> last = new HashMap<>();
  private int ended;

  private NumberedLines() {}

  /** Fails with the first line that is not as it should be. */
  static int runsIn(Path file) throws IOException {
    NumberedLines lines = new NumberedLines();
    try (BufferedReader reader = Files.newBufferedReader(file)) {
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        lines.take(line);
      }
    }
    if (lines.ended != lines.last.size()) {
      throw new AssertionError(
          lines.last.size() - lines.ended + " runs have no last line: " + lines.last);
    }
    return lines.ended;
  }

  private void take(String line) {
    String[] words = line.split(" ", -1);
    long before = last.getOrDefault(words[0], 0L);
    boolean isEnd = words.length == 3 && words[1].equals("end");
    long number = Long.parseLong(words[words.length - 1]);
    if (number != (isEnd ? before : before + 1)) {
      throw new AssertionError("after line " + before + " of its run came: " + line);
    }
    last.put(words[0], number);
    ended += isEnd ? 1 : 0;
  }
}
