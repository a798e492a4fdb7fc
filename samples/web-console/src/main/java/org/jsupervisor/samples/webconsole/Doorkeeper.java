package org.jsupervisor.samples.webconsole;

import com.sun.net.httpserver.Filter;
import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Lets in only what was sent to this address by a page of this address, or by no page at all. A
 * browser tells the host that it was asked for, so a name of somebody else that leads here (DNS
 * rebinding) is noticed; and it tells which page asks, so other pages are.
 */
final class Doorkeeper extends Filter {
  private static final Set<String> OWN_SITES = Set.of("same-origin", "none");

  private final Set<String> hosts;
  private final Set<String> origins;

  /** Knows an address by these names, for example {@code 127.0.0.1} and {@code localhost}. */
  Doorkeeper(List<String> names, int port) {
    this.hosts = names.stream().map(name -> name + ":" + port).collect(Collectors.toSet());
    this.origins = hosts.stream().map(host -> "http://" + host).collect(Collectors.toSet());
  }

  @Override
  public void doFilter(HttpExchange exchange, Chain chain) throws IOException {
    Answers.guard(exchange);
    Headers headers = exchange.getRequestHeaders();
    if (!only(headers, "Host", hosts)) {
      Answers.refuse(exchange, 421, "this host is known by other names only");
    } else if (headers.containsKey("Origin") && !only(headers, "Origin", origins)) {
      Answers.refuse(exchange, 403, "pages of other sites may not ask");
    } else if (headers.containsKey("Sec-Fetch-Site")
        && !only(headers, "Sec-Fetch-Site", OWN_SITES)) {
      Answers.refuse(exchange, 403, "pages of other sites may not ask");
    } else {
      chain.doFilter(exchange);
    }
  }

  /** Whether a header is there once, with one of these values. */
  private static boolean only(Headers headers, String name, Set<String> values) {
    List<String> found = headers.getOrDefault(name, List.of());
    return found.size() == 1 && values.contains(found.get(0));
  }

  @Override
  public String description() {
    return "lets in this page only";
  }
}
