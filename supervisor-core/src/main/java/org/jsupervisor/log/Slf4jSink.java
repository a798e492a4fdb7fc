package org.jsupervisor.log;

import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Pattern;
import org.jsupervisor.mdc.Mdc;
import org.jsupervisor.output.OutputSink;
import org.jsupervisor.output.OutputSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.spi.MDCAdapter;

/**
 * Hands each line of a child to an SLF4J logger.
 *
 * <pre>{@code
 * OutputSpec.to(
 *     Slf4jSink.builder("child.web")
 *         .addLevel(Pattern.compile("ERROR|FATAL"), Level.ERROR)
 *         .build())
 * }</pre>
 *
 * <p><b>Text.</b> The message is {@link OutputLine#text}: no line of a child can forge another one
 * of the log, or move a terminal's cursor. It is an argument of the call, so braces in it mean
 * nothing.
 *
 * <p><b>MDC.</b> During the call {@value #SERVICE} is the child's id and {@value #INCARNATION} the
 * number of its run; afterwards both are what they were.
 *
 * <p><b>Long lines</b> come in parts at the level of the first: each but the last ends with {@value
 * #CONTINUES}, each but the first begins with {@value #CONTINUED}. A line that its source did not
 * finish ends with {@value #UNFINISHED}; a line also counts as such when more than four runs are in
 * the middle of one.
 *
 * <p><b>Failure.</b> {@link #accept} never throws: what the logger throws is counted in {@link
 * #failures}, and the line is lost. A pattern that needs too much stack for a line counts as one
 * that does not match. A slow logger makes the child wait, as {@link OutputSink} says.
 *
 * <p>Confined to its caller as {@link OutputSink} says; {@link #failures} may be called by any
 * thread.
 */
public final class Slf4jSink implements OutputSink {
  /** The key of the MDC for the child's id. */
  public static final String SERVICE = "service";

  /** The key of the MDC for the number of the run. */
  public static final String INCARNATION = "incarnation";

  /** Ends a part of a line that another part follows. */
  public static final String CONTINUES = " [continues]";

  /** Begins a part of a line that follows another part. */
  public static final String CONTINUED = "[continued] ";

  /** Ends a line that its source has not finished. */
  public static final String UNFINISHED = " [unfinished]";

  /** The smallest limit of a line. */
  public static final int LINE_BYTES_MIN = 64;

  /** The largest limit of a line. */
  public static final int LINE_BYTES_MAX = 1 << 20;

  private final Logger logger;
  private final FirstFound<Level> levels;
  private final Mdc mdc;
  private final SourceLines lines;
  private final Map<OutputSource, Level> continued = new HashMap<>();
  private final AtomicLong failures = new AtomicLong();

  private Slf4jSink(Builder builder) {
    this.logger = builder.logger;
    this.levels = new FirstFound<>(builder.rules, builder.otherwise);
    this.mdc = builder.mdc;
    this.lines = new SourceLines(builder.lineBytesMax);
  }

  /** What a sink for the logger of this name is made of. */
  public static Builder builder(String loggerName) {
    return builder(LoggerFactory.getLogger(loggerName));
  }

  static Builder builder(Logger logger) {
    return new Builder(logger);
  }

  /** How many lines, or parts of lines, were lost because the logger threw. */
  public long failures() {
    return failures.get();
  }

  @Override
  public void accept(OutputSource source, ByteBuffer bytes) {
    LineBuffer line = lines.of(source);
    LineBuffer.Progress progress = line.append(bytes);
    while (progress != LineBuffer.Progress.WANTS_MORE) {
      if (progress == LineBuffer.Progress.FULL) {
        logPart(source, line.takePart());
      } else {
        logEnd(source, line.take(OutputLine.Ending.NEWLINE));
      }
      progress = line.append(bytes);
    }
    lines.settle(source).ifPresent(this::leave);
  }

  @Override
  public void ended(OutputSource source) {
    leave(source);
  }

  @Override
  public void close() {
    List.copyOf(lines.all().keySet()).forEach(this::leave);
  }

  private void leave(OutputSource source) {
    lines.remove(source).ifPresent(line -> logEnd(source, line.take(OutputLine.Ending.MISSING)));
  }

  private void logPart(OutputSource source, OutputLine part) {
    String text = part.text();
    Level earlier = continued.get(source);
    Level level = earlier == null ? levels.of(text) : earlier;
    continued.put(source, level);
    log(source, level, (earlier == null ? text : CONTINUED + text) + CONTINUES);
  }

  private void logEnd(OutputSource source, OutputLine end) {
    String text = end.text();
    Level earlier = continued.remove(source);
    Level level = earlier == null ? levels.of(text) : earlier;
    String mark = end.ending() == OutputLine.Ending.MISSING ? UNFINISHED : "";
    log(source, level, (earlier == null ? text : CONTINUED + text) + mark);
  }

  private void log(OutputSource source, Level level, String text) {
    try {
      Map<String, String> fields =
          Map.of(
              SERVICE, source.incarnation().child().toString(),
              INCARNATION, source.incarnation().label());
      mdc.during(fields, () -> logger.atLevel(slf4j(level)).log("{}", text));
    } catch (RuntimeException | LinkageError | AssertionError | StackOverflowError e) {
      // To log it would ask the same logger.
      failures.incrementAndGet();
    }
  }

  /** SLF4J has no more levels than these: what is above or below all is the nearest. */
  private static org.slf4j.event.Level slf4j(Level level) {
    return switch (level) {
      case ALL, TRACE -> org.slf4j.event.Level.TRACE;
      case DEBUG -> org.slf4j.event.Level.DEBUG;
      case INFO -> org.slf4j.event.Level.INFO;
      case WARNING -> org.slf4j.event.Level.WARN;
      case ERROR, OFF -> org.slf4j.event.Level.ERROR;
    };
  }

  /** What a sink is made of. Not thread-safe. */
  public static final class Builder {
    private final Logger logger;
    private final List<FirstFound.Rule<Level>> rules = new ArrayList<>();
    private Level otherwise = Level.INFO;
    private int lineBytesMax = 8192;
    private Mdc mdc = Mdc.current();

    private Builder(Logger logger) {
      this.logger = logger;
    }

    /** Replaces the level of lines that no pattern is found in (default: INFO). */
    public Builder withLevel(Level level) {
      otherwise = level;
      return this;
    }

    /**
     * Adds a level for lines in whose text the pattern is found; the first one that is found
     * counts. The child chooses the text: a pattern whose time explodes lets it hold up its output.
     */
    public Builder addLevel(Pattern pattern, Level level) {
      rules.add(new FirstFound.Rule<>(pattern, level));
      return this;
    }

    /** Replaces how many bytes of a line one call of the logger gets at most (default: 8,192). */
    public Builder withLineBytesMax(int bytes) {
      if (bytes < LINE_BYTES_MIN || bytes > LINE_BYTES_MAX) {
        throw new IllegalArgumentException(
            "SLF4J sink: bytes of a line must be "
                + LINE_BYTES_MIN
                + " to "
                + LINE_BYTES_MAX
                + ", were "
                + bytes);
      }
      lineBytesMax = bytes;
      return this;
    }

    /** The logger of a test may have no MDC. */
    Builder withMdc(MDCAdapter adapter) {
      mdc = Mdc.of(adapter);
      return this;
    }

    /** A sink for one child. */
    public Slf4jSink build() {
      return new Slf4jSink(this);
    }
  }
}
