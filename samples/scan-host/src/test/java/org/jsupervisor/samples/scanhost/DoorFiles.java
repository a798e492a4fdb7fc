package org.jsupervisor.samples.scanhost;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jsupervisor.jmx.Role;
import org.jsupervisor.jmx.remote.Accounts;

/**
 * What a door for JMX consoles needs on disk, as keytool makes it: {@code host.p12} and {@code
 * client.p12} with the keys, {@code clients.p12} and {@code hosts.p12} with whom each side trusts,
 * {@code password} with that of all four, and {@code accounts} of olga (define), otto (operate) and
 * eve (observe), whose password is {@value #ACCOUNT_PASSWORD}.
 */
public final class DoorFiles {
  public static final String KEY_PASSWORD = "changeit";
  public static final String ACCOUNT_PASSWORD = "pw";

  private final Path directory;

  private DoorFiles(Path directory) {
    this.directory = directory;
  }

  public static void make(Path directory) throws Exception {
    DoorFiles files = new DoorFiles(directory);
    files.key("host.p12", "-dname", "CN=host", "-ext", "san=ip:127.0.0.1");
    files.key("client.p12", "-dname", "CN=olga");
    files.trust("clients.p12", "client.p12");
    files.trust("hosts.p12", "host.p12");
    secret(directory.resolve("password"), KEY_PASSWORD + "\n");
    secret(
        directory.resolve("accounts"),
        account("olga", Role.DEFINE)
            + account("otto", Role.OPERATE)
            + account("eve", Role.OBSERVE));
  }

  private static String account(String name, Role role) {
    return Accounts.line(name, role, ACCOUNT_PASSWORD.toCharArray()) + "\n";
  }

  private void key(String name, String... more) throws Exception {
    Path file = directory.resolve(name);
    List<String> command =
        new ArrayList<>(
            List.of(program("keytool"), "-genkeypair", "-alias", "own", "-keyalg", "EC"));
    command.addAll(
        List.of("-storetype", "PKCS12", "-keystore", file.toString(), "-storepass", KEY_PASSWORD));
    command.addAll(List.of(more));
    var unused = run(directory.resolve("said"), command);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
  }

  private void trust(String name, String known) throws Exception {
    KeyStore from = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(directory.resolve(known))) {
      from.load(in, KEY_PASSWORD.toCharArray());
    }
    KeyStore to = KeyStore.getInstance("PKCS12");
    to.load(null, null);
    to.setCertificateEntry("known", from.getCertificate("own"));
    try (OutputStream out = Files.newOutputStream(directory.resolve(name))) {
      to.store(out, KEY_PASSWORD.toCharArray());
    }
  }

  static void secret(Path file, String text) throws Exception {
    Files.writeString(file, text);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
  }

  /** A program of this JDK. */
  static String program(String name) {
    return Path.of(System.getProperty("java.home"), "bin", name).toString();
  }

  /** What a program prints that ends well; {@code said} is where it goes meanwhile. */
  static String run(Path said, List<String> command) throws Exception {
    Process process =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(said.toFile()).start();
    try {
      assertThat(process.waitFor(100, TimeUnit.SECONDS)).isTrue();
    } finally {
      process.destroyForcibly();
    }
    assertThat(process.exitValue()).as(Files.readString(said)).isZero();
    return Files.readString(said);
  }
}
