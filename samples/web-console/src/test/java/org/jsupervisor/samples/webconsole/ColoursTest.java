package org.jsupervisor.samples.webconsole;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Text can be read: WCAG 2 asks for a contrast of 4.5 to 1. */
class ColoursTest {
  private static final double CONTRAST_MIN = 4.5;
  private static final Pattern SCHEME = Pattern.compile(":root \\{([^}]*)\\}");
  private static final Pattern COLOUR = Pattern.compile("--([a-z-]+): #([0-9a-f]{6});");

  @Test
  void allText_hasEnoughContrast_inBothSchemes() throws IOException {
    String css;
    try (InputStream file = PageFiles.class.getResourceAsStream("page/console.css")) {
      css = new String(file.readAllBytes(), StandardCharsets.UTF_8);
    }
    Matcher schemes = SCHEME.matcher(css);
    for (String scheme : List.of("light", "dark")) {
      assertThat(schemes.find()).as(scheme).isTrue();
      Map<String, Integer> colours = colours(schemes.group(1));
      for (String text : List.of("text", "soft", "good", "busy", "warn", "bad", "held", "idle")) {
        for (String ground : List.of("card", "sunk", "chosen", text + "-ground")) {
          if (colours.containsKey(ground)) {
            assertReadable(scheme, colours, text, ground);
          }
        }
      }
      assertReadable(scheme, colours, "accent", "card");
      assertReadable(scheme, colours, "on-accent", "accent");
      assertReadable(scheme, colours, "card", "bad");
    }
  }

  private static Map<String, Integer> colours(String css) {
    Map<String, Integer> colours = new HashMap<>();
    COLOUR
        .matcher(css)
        .results()
        .forEach(colour -> colours.put(colour.group(1), Integer.parseInt(colour.group(2), 16)));
    return colours;
  }

  private static void assertReadable(
      String scheme, Map<String, Integer> colours, String text, String ground) {
    double one = luminance(colours.get(text));
    double other = luminance(colours.get(ground));
    assertThat((Math.max(one, other) + 0.05) / (Math.min(one, other) + 0.05))
        .as("%s: %s on %s", scheme, text, ground)
        .isGreaterThanOrEqualTo(CONTRAST_MIN);
  }

  private static double luminance(int colour) {
    return 0.2126 * linear(colour >> 16) + 0.7152 * linear(colour >> 8) + 0.0722 * linear(colour);
  }

  private static double linear(int component) {
    double share = (component & 0xff) / 255.0;
    return share <= 0.03928 ? share / 12.92 : Math.pow((share + 0.055) / 1.055, 2.4);
  }
}
