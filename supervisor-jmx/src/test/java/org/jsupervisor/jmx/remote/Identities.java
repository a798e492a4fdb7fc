package org.jsupervisor.jmx.remote;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedKeyManager;
import org.jspecify.annotations.Nullable;

/**
 * Keys and certificates, made with the JDK's keytool. The client's socket factory of RMI takes the
 * default TLS context of its JVM, once and for all: so there is one here that shows the identity
 * which is set.
 */
final class Identities {
  private static final char[] PASSWORD = "changeit".toCharArray();

  private static volatile @Nullable X509ExtendedKeyManager shown;

  private final Map<String, KeyStore> keys = new HashMap<>();
  private final KeyStore trust;

  /** The connector's, a known client's, and a stranger's; the directory is not needed any more. */
  Identities(Path directory, String host) throws Exception {
    String san = "san=dns:localhost,ip:127.0.0.1" + (isNumber(host) ? ",ip:" : ",dns:") + host;
    make(directory, "connector", "-ext", san);
    make(directory, "client");
    make(directory, "stranger");
    trust = KeyStore.getInstance("PKCS12");
    trust.load(null, null);
    trust.setCertificateEntry("connector", keys.get("connector").getCertificate("connector"));
    trust.setCertificateEntry("client", keys.get("client").getCertificate("client"));
  }

  private static boolean isNumber(String host) {
    return host.matches("[0-9.]+|.*:.*");
  }

  private void make(Path directory, String name, String... more) throws Exception {
    Path file = directory.resolve(name + ".p12");
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-alias",
                name,
                "-keyalg",
                "EC",
                "-dname",
                "CN=" + name,
                "-storetype",
                "PKCS12",
                "-keystore",
                file.toString(),
                "-storepass",
                new String(PASSWORD)));
    command.addAll(List.of(more));
    Path said = directory.resolve(name + ".out");
    Process keytool =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(said.toFile()).start();
    try {
      assertThat(keytool.waitFor(60, TimeUnit.SECONDS)).isTrue();
    } finally {
      keytool.destroyForcibly();
    }
    assertThat(keytool.exitValue()).as(() -> text(said)).isZero();
    KeyStore store = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(file)) {
      store.load(in, PASSWORD);
    }
    keys.put(name, store);
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      return e.toString();
    }
  }

  /** Trusts the client, and itself; the stranger is known to nobody. */
  SSLContext connector() throws GeneralSecurityException {
    return context(keyManager("connector"));
  }

  /** From now on, clients of this JVM show this one, or nothing. */
  void show(@Nullable String name) throws GeneralSecurityException {
    shown = name == null ? null : keyManager(name);
    SSLContext.setDefault(context(new Shown()));
  }

  private SSLContext context(KeyManager keys) throws GeneralSecurityException {
    TrustManagerFactory trusted =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trusted.init(trust);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(new KeyManager[] {keys}, trusted.getTrustManagers(), null);
    return context;
  }

  private X509ExtendedKeyManager keyManager(String name) throws GeneralSecurityException {
    KeyManagerFactory factory =
        KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    factory.init(keys.get(name), PASSWORD);
    return (X509ExtendedKeyManager) factory.getKeyManagers()[0];
  }

  /** What is set when it is asked. */
  private static final class Shown extends X509ExtendedKeyManager {
    @Override
    public String @Nullable [] getClientAliases(String type, Principal[] issuers) {
      X509ExtendedKeyManager keys = shown;
      return keys == null ? null : keys.getClientAliases(type, issuers);
    }

    @Override
    public @Nullable String chooseClientAlias(String[] types, Principal[] issuers, Socket socket) {
      // Whoever issued it: a stranger does not keep to what is asked for.
      X509ExtendedKeyManager keys = shown;
      return keys == null ? null : keys.chooseClientAlias(types, null, socket);
    }

    @Override
    public String @Nullable [] getServerAliases(String type, Principal[] issuers) {
      return null;
    }

    @Override
    public @Nullable String chooseServerAlias(String type, Principal[] issuers, Socket socket) {
      return null;
    }

    @Override
    public X509Certificate @Nullable [] getCertificateChain(String alias) {
      X509ExtendedKeyManager keys = shown;
      return keys == null ? null : keys.getCertificateChain(alias);
    }

    @Override
    public @Nullable PrivateKey getPrivateKey(String alias) {
      X509ExtendedKeyManager keys = shown;
      return keys == null ? null : keys.getPrivateKey(alias);
    }
  }
}
