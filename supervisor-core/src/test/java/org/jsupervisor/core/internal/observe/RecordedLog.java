package org.jsupervisor.core.internal.observe;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.slf4j.Marker;
import org.slf4j.event.Level;
import org.slf4j.helpers.BasicMDCAdapter;
import org.slf4j.helpers.LegacyAbstractLogger;
import org.slf4j.helpers.MessageFormatter;

/** A logger that remembers what it is told, with the MDC at that time. */
final class RecordedLog extends LegacyAbstractLogger {
  private static final long serialVersionUID = 1L;

  /** What was logged. */
  record Line(Level level, String text, Map<String, String> mdc) {}

  final transient BasicMDCAdapter mdc = new BasicMDCAdapter();
  final transient List<Line> lines = new ArrayList<>();
  private final Level lowest;

  RecordedLog(Level lowest) {
    this.lowest = lowest;
  }

  @Override
  protected void handleNormalizedLoggingCall(
      Level level, Marker marker, String message, Object[] arguments, Throwable throwable) {
    Map<String, String> context = mdc.getCopyOfContextMap();
    lines.add(
        new Line(
            level,
            MessageFormatter.basicArrayFormat(message, arguments),
            context == null ? Map.of() : new TreeMap<>(context)));
  }

  private boolean isEnabled(Level level) {
    return level.toInt() >= lowest.toInt();
  }

  @Override
  protected String getFullyQualifiedCallerName() {
    return "";
  }

  @Override
  public boolean isTraceEnabled() {
    return isEnabled(Level.TRACE);
  }

  @Override
  public boolean isDebugEnabled() {
    return isEnabled(Level.DEBUG);
  }

  @Override
  public boolean isInfoEnabled() {
    return isEnabled(Level.INFO);
  }

  @Override
  public boolean isWarnEnabled() {
    return isEnabled(Level.WARN);
  }

  @Override
  public boolean isErrorEnabled() {
    return isEnabled(Level.ERROR);
  }
}
