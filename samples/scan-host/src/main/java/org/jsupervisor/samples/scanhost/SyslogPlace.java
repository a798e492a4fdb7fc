package org.jsupervisor.samples.scanhost;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jsupervisor.log.SyslogEvents;
import org.jsupervisor.log.UdpDatagrams;
import org.jsupervisor.output.Datagrams;
import org.jsupervisor.posix.UnixDatagrams;

/** Where a syslog daemon is, in the words that definitions use for it, too. */
sealed interface SyslogPlace {
  Pattern UDP = Pattern.compile("udp:(\\[[0-9a-fA-F:.]+\\]|[0-9.]+):([0-9]{1,5})");
  int PORT_MAX = 65_535;

  /** The longest path of a socket. */
  int PATH_BYTES_MAX = 107;

  /** At a UNIX socket. */
  record Local(Path path) implements SyslogPlace {
    @Override
    public Datagrams open() {
      return UnixDatagrams.to(path);
    }
  }

  /** At a UDP port. */
  record Udp(InetSocketAddress address) implements SyslogPlace {
    @Override
    public Datagrams open() {
      return UdpDatagrams.to(address);
    }
  }

  /** What sends there; nothing is opened yet. */
  Datagrams open();

  /** Who tells the daemon what goes wrong in a tree. */
  default SyslogEvents events(String tree) {
    return SyslogEvents.to(open(), SyslogEvents.format(tree));
  }

  static SyslogPlace of(String text) throws Arguments.UsageException {
    if (text.equals("local")) {
      return new Local(Path.of("/dev/log"));
    }
    if (text.startsWith("/") && text.getBytes(UTF_8).length <= PATH_BYTES_MAX) {
      return new Local(Arguments.path(text));
    }
    Matcher udp = UDP.matcher(text);
    if (udp.matches() && Integer.parseInt(udp.group(2)) <= PORT_MAX) {
      var address = new InetSocketAddress(udp.group(1), Integer.parseInt(udp.group(2)));
      if (!address.isUnresolved()) {
        return new Udp(address);
      }
    }
    throw new Arguments.UsageException(
        "option '--syslog' must be local, a path that begins with / (at most "
            + PATH_BYTES_MAX
            + " bytes), or udp:ADDRESS:PORT with numbers, was '"
            + text
            + "'");
  }
}
