import com.sun.net.httpserver.HttpServer;
import java.io.FileOutputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;

/** A sidecar: answers with its pid, and says on descriptor 3 that it is ready. */
public class Greeter {
  public static void main(String[] args) throws IOException {
    InetSocketAddress address = new InetSocketAddress("127.0.0.1", Integer.parseInt(args[0]));
    HttpServer server = HttpServer.create(address, 0);
    byte[] answer =
        ("hello from pid " + ProcessHandle.current().pid()).getBytes(StandardCharsets.UTF_8);
    server.createContext(
        "/",
        exchange -> {
          exchange.sendResponseHeaders(200, answer.length);
          exchange.getResponseBody().write(answer);
          exchange.close();
        });
    server.start();
    try (FileOutputStream ready = new FileOutputStream("/dev/fd/3")) {
      ready.write('\n');
    }
  }
}
