package org.jsupervisor.spec;

/** What a log directory writes before each line. */
public enum Timestamps {
  /** Nothing: the bytes as they came. */
  NONE,
  /** UTC in ISO 8601 with milliseconds, for example {@code 2026-11-21T08:15:30.123Z}. */
  ISO_8601
}
