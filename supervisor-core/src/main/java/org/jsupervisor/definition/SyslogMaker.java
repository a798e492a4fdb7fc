package org.jsupervisor.definition;

import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.function.Function;
import org.jsupervisor.log.SyslogFacility;
import org.jsupervisor.log.SyslogFormat;
import org.jsupervisor.log.SyslogSeverity;
import org.jsupervisor.log.SyslogSink;
import org.jsupervisor.log.UdpDatagrams;
import org.jsupervisor.output.Datagrams;
import org.jsupervisor.output.OutputSink;
import org.jsupervisor.output.SinkMaker;

/** Sends lines to a syslog daemon. */
record SyslogMaker(
    Target target, SyslogFacility facility, SyslogSeverity severity, Priorities priorities)
    implements SinkMaker {
  /** Where it is. */
  sealed interface Target {
    Datagrams open();

    String name();
  }

  /** At a UNIX socket. */
  record Local(Path path, Function<Path, Datagrams> sockets) implements Target {
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
  record Udp(InetSocketAddress address) implements Target {
    @Override
    public Datagrams open() {
      return UdpDatagrams.to(address);
    }

    @Override
    public String name() {
      return "udp " + address.getAddress().getHostAddress() + ":" + address.getPort();
    }
  }

  /** What {@code <3>} at the beginning of a line is. */
  enum Priorities {
    TEXT,
    READ
  }

  @Override
  public OutputSink make() {
    SyslogSink.Builder builder =
        SyslogSink.builder(target.open())
            .withFormat(SyslogFormat.of(facility))
            .withSeverity(severity);
    return switch (priorities) {
      case TEXT -> builder.build();
      case READ -> builder.withPrioritiesOfLines().build();
    };
  }

  @Override
  public String name() {
    return "syslog " + target.name();
  }
}
