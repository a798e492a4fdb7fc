package org.jsupervisor.jmx.remote;

import java.io.IOException;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.UnknownHostException;

/** The host that RMI tells clients to connect to: nobody but the JVM's owner can choose it. */
final class RmiHost {
  private RmiHost() {}

  /** As RMI finds it. */
  static String name(String property) throws IOException {
    String said = System.getProperty(property);
    if (said != null && !said.isBlank()) {
      return said;
    }
    try {
      return InetAddress.getLocalHost().getHostAddress();
    } catch (UnknownHostException e) {
      throw new IOException(
          "remote connector: the name of this machine has no address; start the JVM with -D"
              + property
              + "=127.0.0.1",
          e);
    }
  }

  /** Its address, if that is one of this machine's. */
  static InetAddress address(String host) throws IOException {
    InetAddress address = InetAddress.getByName(host);
    if (!address.isLoopbackAddress() && NetworkInterface.getByInetAddress(address) == null) {
      throw new IOException(
          "remote connector: RMI tells clients to connect to "
              + host
              + ", which is no address of this machine; the property java.rmi.server.hostname"
              + " decides that when the JVM starts");
    }
    return address;
  }
}
