import com.sun.net.httpserver.HttpServer;
import java.io.FileOutputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;

/** Answers every request with its pid, and logs it. */
public class Web {
  public static void main(String[] args) throws IOException {
    InetSocketAddress address = new InetSocketAddress("127.0.0.1", Integer.parseInt(args[0]));
    HttpServer server = HttpServer.create(address, 0);
    long pid = ProcessHandle.current().pid();
    server.createContext(
        "/",
        exchange -> {
          System.out.println(exchange.getRequestMethod() + " " + exchange.getRequestURI());
          byte[] answer = ("hello from pid " + pid + "\n").getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(200, answer.length);
          exchange.getResponseBody().write(answer);
          exchange.close();
        });
    server.start();
    System.out.println("listening on " + address);
    try (FileOutputStream ready = new FileOutputStream("/dev/fd/3")) {
      ready.write('\n');
    }
  }
}
