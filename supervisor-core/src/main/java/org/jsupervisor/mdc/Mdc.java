package org.jsupervisor.mdc;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;
import org.slf4j.spi.MDCAdapter;

/**
 * Puts what a line of the log is about into the MDC while it is logged. Afterwards it is as it was:
 * the thread may be somebody else's. Thread-safe, as the MDC is.
 */
public final class Mdc {
  private final Supplier<MDCAdapter> adapter;

  private Mdc(Supplier<MDCAdapter> adapter) {
    this.adapter = adapter;
  }

  /** That of the logger in use, as it is at each call. */
  public static Mdc current() {
    return new Mdc(MDC::getMDCAdapter);
  }

  /** This one: the logger of a test may have none. */
  public static Mdc of(MDCAdapter adapter) {
    return new Mdc(() -> adapter);
  }

  /** Logs with these keys. Throws what the call throws. */
  public void during(Map<String, String> fields, Runnable call) {
    MDCAdapter context = adapter.get();
    Map<String, @Nullable String> before = new HashMap<>();
    fields.keySet().forEach(key -> before.put(key, context.get(key)));
    try {
      fields.forEach(context::put);
      call.run();
    } finally {
      before.forEach((key, value) -> restore(context, key, value));
    }
  }

  private static void restore(MDCAdapter context, String key, @Nullable String value) {
    if (value == null) {
      context.remove(key);
    } else {
      context.put(key, value);
    }
  }
}
