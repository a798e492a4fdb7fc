package org.jsupervisor.sink;

import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jsupervisor.log.SyslogFacility;
import org.jsupervisor.log.SyslogFormat;
import org.jsupervisor.log.SyslogPriorities;
import org.jsupervisor.log.SyslogSeverity;
import org.jsupervisor.log.SyslogSink;
import org.jsupervisor.log.UdpDatagrams;
import org.jsupervisor.output.Datagrams;
import org.jsupervisor.output.OutputSink;
import org.jsupervisor.output.SinkMaker;

/**
 * Sends lines to a syslog daemon.
 *
 * @param facility one of {@link #FACILITIES}
 * @param severity one of {@link #SEVERITIES}
 * @param priorities one of {@link #PRIORITIES}
 */
public record SyslogMaker(Target target, String facility, String severity, String priorities)
    implements SinkMaker {
  /** The words for facilities. */
  public static final Set<String> FACILITIES = words(SyslogFacility.values());

  /** The words for severities. */
  public static final Set<String> SEVERITIES = words(SyslogSeverity.values());

  /** The words for what {@code <3>} at the beginning of a line is. */
  public static final Set<String> PRIORITIES = words(SyslogPriorities.values());

  private static Set<String> words(Enum<?>[] values) {
    return Stream.of(values)
        .map(value -> value.name().toLowerCase(Locale.ROOT))
        .collect(Collectors.toUnmodifiableSet());
  }

  /** Where it is. */
  public sealed interface Target {
    /** Opens nothing yet. */
    Datagrams open();

    /** What operators know it by. */
    String name();
  }

  /** At a UNIX socket. */
  public record Local(Path path, Function<Path, Datagrams> sockets) implements Target {
    @Override
    public Datagrams open() {
      return sockets.apply(path);
    }

    @Override
    public String name() {
      return path.toString();
    }
  }

  /** At a UDP port. */
  public record Udp(InetSocketAddress address) implements Target {
    @Override
    public Datagrams open() {
      return UdpDatagrams.to(address);
    }

    @Override
    public String name() {
      return open().name();
    }
  }

  @Override
  public OutputSink make() {
    return SyslogSink.builder(target.open())
        .withFormat(SyslogFormat.of(SyslogFacility.valueOf(facility.toUpperCase(Locale.ROOT))))
        .withSeverity(SyslogSeverity.valueOf(severity.toUpperCase(Locale.ROOT)))
        .withPriorities(SyslogPriorities.valueOf(priorities.toUpperCase(Locale.ROOT)))
        .build();
  }

  @Override
  public String name() {
    return "syslog " + target.name();
  }
}
