package org.jsupervisor.samples.jmxconsole;

import com.sun.tools.attach.AttachNotSupportedException;
import com.sun.tools.attach.VirtualMachine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import javax.management.remote.JMXConnector;
import javax.management.remote.JMXConnectorFactory;
import javax.management.remote.JMXServiceURL;

/** Where the tree is. */
sealed interface Target {
  /** A JVM of this user, on this machine. */
  record OfPid(String pid) implements Target {}

  /** A connector. */
  record OfUrl(String url) implements Target {}

  /** A connector whose URL is in a file. */
  record OfFile(Path file) implements Target {}

  /** Connects, as somebody if a connector asks for that. */
  default JMXConnector connect(Optional<String[]> credentials) throws IOException {
    if (this instanceof OfPid local) {
      return to(attached(local.pid()), Optional.empty());
    }
    return this instanceof OfFile in
        ? to(Files.readString(in.file()).strip(), credentials)
        : to(((OfUrl) this).url(), credentials);
  }

  @SuppressWarnings("BanJNDI") // the URL is the operator's own
  private static JMXConnector to(String url, Optional<String[]> credentials) throws IOException {
    return JMXConnectorFactory.connect(
        new JMXServiceURL(url),
        credentials
            .map(words -> Map.<String, Object>of(JMXConnector.CREDENTIALS, words))
            .orElse(Map.of()));
  }

  private static String attached(String pid) throws IOException {
    try {
      VirtualMachine machine = VirtualMachine.attach(pid);
      try {
        return machine.startLocalManagementAgent();
      } finally {
        machine.detach();
      }
    } catch (AttachNotSupportedException e) {
      throw new IOException("pid " + pid + ": " + e.getMessage(), e);
    }
  }
}
