package org.jsupervisor.samples.webconsole;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Takes the pictures of the documentation, into the directory {@code web-console.pictures}. No
 * test: run on demand, by its name.
 */
class Pictures {
  private static final int DESK_WIDTH = 1200;
  private static final int DESK_HEIGHT = 600;
  private static final int PHONE_WIDTH = 390;
  private static final int PHONE_HEIGHT = 844;

  @TempDir Path directory;

  @Test
  void ofTheDemo() throws Exception {
    Path pictures =
        Files.createDirectories(
            Path.of(System.getProperty("web-console.pictures", "target/pictures")));
    String definitions = Files.readString(Path.of("services", "demo.ini"));
    try (Host host = Host.start(directory, "shop", definitions);
        Browser browser = Browser.open()) {
      Host.await(
          "the orders",
          () -> host.child("orders").phase().name() + host.child("orders").ready(),
          "RUNNINGtrue"::equals);
      browser.look(DESK_WIDTH, DESK_HEIGHT, "light");
      browser.go(host.console().address());
      browser.await("#services", text -> text.contains("in back-off"));
      browser.click("#services a[href$='orders']");
      browser.await("#log-lines", text -> text.contains("order 2"));
      browser.screenshot(pictures.resolve("web-console-light.png"));

      browser.look(DESK_WIDTH, DESK_HEIGHT, "dark");
      browser.click("#services a[href$='broken']");
      browser.await("#detail-word", "in quarantine"::equals);
      browser.screenshot(pictures.resolve("web-console-dark.png"));

      browser.look(PHONE_WIDTH, PHONE_HEIGHT, "dark");
      // Another fragment alone would not load the page again.
      browser.go(URI.create("about:blank"));
      browser.go(host.console().address());
      browser.click("#services a[href$='broken']");
      browser.await("#exit-rows", text -> !text.isEmpty());
      browser.screenshot(pictures.resolve("web-console-phone.png"));
      browser.look(PHONE_WIDTH, PHONE_HEIGHT, "light");
      browser.click(".back a");
      browser.screenshot(pictures.resolve("web-console-phone-list.png"));
    }
  }
}
