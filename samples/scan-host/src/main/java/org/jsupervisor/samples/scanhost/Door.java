package org.jsupervisor.samples.scanhost;

import java.io.IOException;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jsupervisor.jmx.remote.Accounts;
import org.jsupervisor.jmx.remote.ClientCertificates;
import org.jsupervisor.jmx.remote.Peers;
import org.jsupervisor.jmx.remote.RemoteConnector;

/**
 * How JMX consoles of other users, or from elsewhere, get in.
 *
 * @param accounts who may do what
 * @param keys the files for TLS
 * @param address where it listens, and what clients are told to connect to
 * @param port 0 is any that is free
 * @param url where its URL is written; empty if it is printed
 * @param peers from where connections are taken
 */
record Door(
    Path accounts, DoorKeys keys, String address, int port, Optional<Path> url, Peers peers) {
  private static final String HOST_PROPERTY = "java.rmi.server.hostname";
  private static final String LOOPBACK = "127.0.0.1";
  private static final int PORT_MAX = 65_535;

  /** Empty if nobody asked for one. */
  static Optional<Door> of(CommandLine line) throws Arguments.UsageException {
    Optional<String> accounts = line.one(Option.JMX);
    if (accounts.isEmpty()) {
      for (Option option : EnumSet.range(Option.JMX_KEYS, Option.JMX_CERTIFICATES)) {
        if (line.has(option)) {
          throw new Arguments.UsageException("option '" + option.word() + "' needs '--jmx'");
        }
      }
      return Optional.empty();
    }
    Peers peers = choice(line, Option.JMX_PEERS, Peers.LOCAL);
    ClientCertificates certificates =
        choice(line, Option.JMX_CERTIFICATES, ClientCertificates.REQUIRED);
    if (peers == Peers.ANY && certificates == ClientCertificates.NOT_ASKED) {
      throw new Arguments.UsageException("'--jmx-peers any' needs certificates");
    }
    Optional<String> url = line.one(Option.JMX_URL);
    return Optional.of(
        new Door(
            Arguments.path(accounts.get()),
            DoorKeys.of(line, certificates),
            line.one(Option.JMX_ADDRESS).orElse(System.getProperty(HOST_PROPERTY, LOOPBACK)),
            Arguments.number(
                Option.JMX_PORT.word(), line.one(Option.JMX_PORT).orElse("0"), PORT_MAX),
            url.isEmpty() ? Optional.empty() : Optional.of(Arguments.path(url.get())),
            peers));
  }

  /** One of an enumeration, in the words of the command line. */
  private static <E extends Enum<E>> E choice(CommandLine line, Option option, E otherwise)
      throws Arguments.UsageException {
    Optional<String> said = line.one(option);
    if (said.isEmpty()) {
      return otherwise;
    }
    Set<E> all = EnumSet.allOf(otherwise.getDeclaringClass());
    Optional<E> found =
        all.stream().filter(each -> word(each).equals(said.orElseThrow())).findFirst();
    if (found.isEmpty()) {
      throw new Arguments.UsageException(
          "option '"
              + option.word()
              + "' must be one of "
              + words(all)
              + ", was '"
              + said.get()
              + "'");
    }
    return found.get();
  }

  private static String words(Set<? extends Enum<?>> all) {
    return all.stream().map(Door::word).collect(Collectors.joining(", "));
  }

  private static String word(Enum<?> each) {
    return each.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /**
   * Opens it. RMI takes the address from a property of the JVM, which is this program's own.
   *
   * @throws UnusableFileException if one of the files cannot be used
   * @throws IOException if it cannot listen there
   */
  RemoteConnector open() throws IOException {
    RemoteConnector.Builder connector =
        RemoteConnector.with(
                keys.context(), UnusableFileException.checked(accounts, Accounts::read))
            .withClientCertificates(keys.certificates())
            .withPeers(peers)
            .withPort(port);
    url.ifPresent(connector::withUrlFile);
    System.setProperty(HOST_PROPERTY, address);
    return connector.open();
  }
}
