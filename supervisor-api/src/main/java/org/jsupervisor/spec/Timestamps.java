package org.jsupervisor.spec;

/** What a log directory writes before each line. */
public enum Timestamps {
  /** Nothing: the bytes as they came. */
  NONE,
  /** UTC in ISO 8601 with milliseconds, for example {@code 2026-11-21T08:15:30.123Z}. */
  ISO_8601,
  /**
   * A TAI64N label, for example {@code @400000006920201c075bca0a}, as of multilog, svlogd and
   * s6-log; {@code tai64nlocal} shows it as local time.
   */
  TAI64N
}
