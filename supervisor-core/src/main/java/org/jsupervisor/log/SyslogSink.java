package org.jsupervisor.log;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jsupervisor.output.Datagrams;
import org.jsupervisor.output.OutputLostException;
import org.jsupervisor.output.OutputSink;
import org.jsupervisor.output.OutputSource;
import org.jsupervisor.process.Incarnation;
import org.jsupervisor.process.Pid;

/**
 * Sends each line of a child to a syslog daemon, as one record of RFC 5424.
 *
 * <pre>{@code
 * OutputSpec.to(
 *         SyslogSink.builder(UnixDatagrams.to(Path.of("/dev/log")))
 *             .addSeverity(Pattern.compile("ERROR|FATAL"), SyslogSeverity.ERROR)
 *             .build())
 *     .withBackPressure(BackPressure.dropOldest(1 << 20))
 * }</pre>
 *
 * <p><b>Records.</b> APP-NAME is the child's address, PROCID its process id if it is known, MSGID
 * {@code output}, {@code stdout} or {@code stderr}; the structured data has {@code service}, {@code
 * incarnation} and {@code stream}. The text is {@link OutputLine#text}: whatever the bytes, a line
 * is one record, and cannot forge another one. An empty line is a record without text.
 *
 * <p><b>Long lines</b> come in parts at the severity of the first, numbered as {@code part} in the
 * structured data: each but the last ends with {@value Slf4jSink#CONTINUES}, each but the first
 * begins with {@value Slf4jSink#CONTINUED}. A line that its source did not finish ends with {@value
 * Slf4jSink#UNFINISHED}; a line also counts as such when more than four runs are in the middle of
 * one.
 *
 * <p><b>Failure.</b> When a record is refused, {@link #accept} throws, and the position of its
 * buffer is where the same bytes may be offered again: no record is sent twice. The daemon may come
 * and go. Nothing blocks. A sink without a buffer loses all that came with the same read; so let
 * the child wait, or give it a buffer. What is lost is told in a record of its own, {@code
 * supervisor: N bytes of output lost}, as soon as one is taken. When a line without an end is
 * refused at the end of its source, it is lost, counted and told likewise.
 *
 * <p>Confined to its caller as {@link OutputSink} says.
 */
public final class SyslogSink implements OutputSink {
  private final SyslogOutlet outlet;
  private final Map<OutputSource, SyslogFeed> feeds = new LinkedHashMap<>();

  private SyslogSink(SyslogOutlet outlet) {
    this.outlet = outlet;
  }

  /** What a sink is made of, for one child; the datagrams are closed with it. */
  public static Builder builder(Datagrams datagrams) {
    return new Builder(datagrams);
  }

  @Override
  public String name() {
    return "syslog " + outlet.datagrams().name();
  }

  @Override
  public void accept(OutputSource source, ByteBuffer bytes) throws IOException {
    tellOfEnded();
    SyslogFeed feed = feed(source);
    feed.accept(bytes);
    if (feed.isIdle()) {
      feeds.remove(source);
    }
  }

  /** Marks that were refused when their sources ended; not the business of who writes now. */
  private void tellOfEnded() {
    try {
      for (SyslogFeed feed : givenUp()) {
        leave(feed);
      }
    } catch (IOException later) {
      return;
    }
  }

  private List<SyslogFeed> givenUp() {
    return feeds.values().stream().filter(SyslogFeed::isGivenUp).toList();
  }

  /** Of a source that is new, after another one has left if there are too many. */
  private SyslogFeed feed(OutputSource source) throws IOException {
    SyslogFeed known = feeds.get(source);
    if (known != null) {
      return known;
    }
    if (feeds.size() >= SourceLines.SOURCES_MAX) {
      makeRoom();
    }
    SyslogFeed fresh = new SyslogFeed(outlet, source);
    feeds.put(source, fresh);
    return fresh;
  }

  private void makeRoom() throws IOException {
    List<SyslogFeed> marks = givenUp();
    if (marks.isEmpty()) {
      leave(feeds.values().iterator().next());
    } else {
      // A mark has been tried before; what it would tell is counted.
      feeds.remove(marks.get(0).source());
    }
  }

  private void leave(SyslogFeed feed) throws IOException {
    feed.end();
    feed.settle();
    feeds.remove(feed.source());
  }

  /** Is told as soon as a record is taken. */
  @Override
  public void lost(OutputSource source, long bytes) throws IOException {
    SyslogFeed feed = feed(source);
    feed.lost(bytes);
    try {
      leave(feed);
    } catch (IOException later) {
      // It is tried again before the next bytes, and at the end.
      return;
    }
  }

  /** What is refused now is lost; only the mark that tells so is tried again. */
  @Override
  public void ended(OutputSource source) throws IOException {
    SyslogFeed feed = feeds.get(source);
    if (feed == null) {
      return;
    }
    try {
      leave(feed);
    } catch (IOException e) {
      long bytes = giveUp(feed);
      if (bytes > 0) {
        throw new OutputLostException(Map.of(source, bytes), e);
      }
    }
  }

  private long giveUp(SyslogFeed feed) {
    long bytes = feed.giveUp();
    if (feed.isIdle()) {
      feeds.remove(feed.source());
    }
    return bytes;
  }

  @Override
  public void close() throws IOException {
    Map<OutputSource, Long> lost = new LinkedHashMap<>();
    IOException first = null;
    for (SyslogFeed feed : List.copyOf(feeds.values())) {
      try {
        leave(feed);
      } catch (IOException e) {
        first = first == null ? e : first;
        lost.put(feed.source(), giveUp(feed));
      }
    }
    try {
      outlet.datagrams().close();
    } catch (IOException e) {
      first = first == null ? e : first;
    }
    lost.values().removeIf(bytes -> bytes == 0);
    if (first != null) {
      throw lost.isEmpty() ? first : new OutputLostException(lost, first);
    }
  }

  /** What a sink is made of. Not thread-safe. */
  public static final class Builder {
    private final Datagrams datagrams;
    private final List<FirstFound.Rule<SyslogSeverity>> rules = new ArrayList<>();
    private SyslogFormat format = SyslogFormat.of(SyslogFacility.DAEMON);
    private SyslogSeverity otherwise = SyslogSeverity.INFO;
    private SyslogPriorities priorities = SyslogPriorities.TEXT;
    private Function<Incarnation, Optional<Pid>> pids = run -> Optional.empty();
    private InstantSource clock = InstantSource.system();
    private int recordBytesMax = Integer.MAX_VALUE;

    private Builder(Datagrams datagrams) {
      this.datagrams = datagrams;
    }

    /** Replaces what is common to all records (default: facility DAEMON, the name of this host). */
    public Builder withFormat(SyslogFormat replacement) {
      format = replacement;
      return this;
    }

    /** Replaces the severity of lines that no pattern is found in (default: INFO). */
    public Builder withSeverity(SyslogSeverity severity) {
      otherwise = severity;
      return this;
    }

    /**
     * Adds a severity for lines in whose text the pattern is found; the first one that is found
     * counts. The child chooses the text: a pattern whose time explodes lets it hold up its output.
     */
    public Builder addSeverity(Pattern pattern, SyslogSeverity severity) {
      rules.add(new FirstFound.Rule<>(pattern, severity));
      return this;
    }

    /**
     * Replaces whether a line says itself how bad it is, by {@code <0>} to {@code <7>} at its
     * beginning (default: TEXT, it does not).
     */
    public Builder withPriorities(SyslogPriorities replacement) {
      priorities = replacement;
      return this;
    }

    /**
     * Says the process id of a run, from the handle of the tree for example (default: none is
     * known). Asked on the thread that writes, for each record.
     */
    public Builder withPids(Function<Incarnation, Optional<Pid>> replacement) {
      pids = replacement;
      return this;
    }

    /** Replaces the clock that stamps records (default: the system's). */
    public Builder withClock(InstantSource replacement) {
      clock = replacement;
      return this;
    }

    /**
     * Replaces how long a record may be (default, and at most: what the datagrams bear).
     *
     * @param bytes at least 1,024
     */
    public Builder withRecordBytesMax(int bytes) {
      if (bytes < SyslogRecord.BYTES_MIN) {
        throw new IllegalArgumentException(
            "syslog: bytes of a record must be at least "
                + SyslogRecord.BYTES_MIN
                + ", were "
                + bytes);
      }
      recordBytesMax = bytes;
      return this;
    }

    /** A sink for one child. */
    public SyslogSink build() {
      int bytes = Math.min(recordBytesMax, datagrams.bytesMax());
      return new SyslogSink(
          new SyslogOutlet(
              datagrams,
              format,
              new FirstFound<>(rules, otherwise),
              priorities,
              pids,
              clock,
              Math.max(SyslogRecord.BYTES_MIN, bytes)));
    }
  }
}
