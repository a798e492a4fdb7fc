package org.jsupervisor.jmx.remote;

import java.io.FilterInputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;

/**
 * A connection as RMI sees it, which bounds what comes between two answers. The filters of
 * deserialisation bound objects and arrays, but never see how long a text is.
 */
final class CallSocket extends Socket {
  /** A call of a console has some hundred bytes. */
  static final int CALL_BYTES_MAX = 1 << 20;

  private final Socket secured;
  private long bytes;

  CallSocket(Socket secured) {
    this.secured = secured;
  }

  private synchronized void checkCall() throws IOException {
    if (bytes > CALL_BYTES_MAX) {
      throw new IOException(
          "call of more than " + CALL_BYTES_MAX + " bytes from " + secured.getInetAddress());
    }
  }

  private synchronized void came(int more) {
    bytes += Math.max(more, 0);
  }

  /** What was too long stays so, whatever is answered. */
  private synchronized void answered() {
    if (bytes <= CALL_BYTES_MAX) {
      bytes = 0;
    }
  }

  @Override
  public InputStream getInputStream() throws IOException {
    return new FilterInputStream(secured.getInputStream()) {
      @Override
      public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : Byte.toUnsignedInt(one[0]);
      }

      @Override
      public int read(byte[] into, int from, int length) throws IOException {
        checkCall();
        int count = in.read(into, from, length);
        came(count);
        return count;
      }
    };
  }

  @Override
  public OutputStream getOutputStream() throws IOException {
    return new FilterOutputStream(secured.getOutputStream()) {
      @Override
      public void write(byte[] answer, int from, int length) throws IOException {
        answered();
        out.write(answer, from, length);
      }
    };
  }

  @Override
  public InetAddress getInetAddress() {
    return secured.getInetAddress();
  }

  @Override
  public int getPort() {
    return secured.getPort();
  }

  @Override
  public int getLocalPort() {
    return secured.getLocalPort();
  }

  @Override
  public synchronized void setSoTimeout(int millis) throws SocketException {
    secured.setSoTimeout(millis);
  }

  @Override
  public synchronized int getSoTimeout() throws SocketException {
    return secured.getSoTimeout();
  }

  @Override
  public void setTcpNoDelay(boolean on) throws SocketException {
    secured.setTcpNoDelay(on);
  }

  @Override
  public void setKeepAlive(boolean on) throws SocketException {
    secured.setKeepAlive(on);
  }

  @Override
  public boolean isClosed() {
    return secured.isClosed();
  }

  @Override
  public synchronized void close() throws IOException {
    secured.close();
  }

  @Override
  public String toString() {
    return secured.toString();
  }
}
