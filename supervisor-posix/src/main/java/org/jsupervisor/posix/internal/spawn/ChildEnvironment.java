package org.jsupervisor.posix.internal.spawn;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jsupervisor.posix.internal.libc.CString;
import org.jsupervisor.posix.internal.libc.SharedTexts;
import org.jsupervisor.spec.Environment;
import org.jsupervisor.spec.ProcessSpec;

/**
 * The variables of a child: all that the host has, or nothing, and its own on top. Kept apart so
 * that those of the host need not be copied for each launch. Immutable.
 */
final class ChildEnvironment {
  private final HostEnvironment host;
  private final Base base;
  private final SortedMap<String, String> own;

  private enum Base {
    HOST,
    NOTHING
  }

  private ChildEnvironment(HostEnvironment host, Base base, SortedMap<String, String> own) {
    this.host = host;
    this.base = base;
    this.own = own;
  }

  /** What {@link Environment#resolve} says. */
  static ChildEnvironment of(ProcessSpec spec, HostEnvironment host) {
    Environment environment = spec.environment();
    return switch (environment.inheritance()) {
      case ALL -> new ChildEnvironment(host, Base.HOST, environment.variables());
      case ALL_BUT, LISTED, NONE ->
          new ChildEnvironment(host, Base.NOTHING, environment.resolve(host.variables()));
    };
  }

  /** Exactly these. */
  ChildEnvironment replacedBy(SortedMap<String, String> variables) {
    return new ChildEnvironment(host, Base.NOTHING, new TreeMap<>(variables));
  }

  /** With this one, whatever it was before. */
  ChildEnvironment with(String name, String value) {
    SortedMap<String, String> more = new TreeMap<>(own);
    more.put(name, value);
    return new ChildEnvironment(host, base, more);
  }

  /** Without that one. */
  ChildEnvironment without(String name) {
    if (get(name).isEmpty()) {
      return this;
    }
    SortedMap<String, String> rest = all();
    rest.remove(name);
    return new ChildEnvironment(host, Base.NOTHING, rest);
  }

  Optional<String> get(String name) {
    String value = own.get(name);
    if (value == null && base == Base.HOST) {
      value = host.variables().get(name);
    }
    return Optional.ofNullable(value);
  }

  /** All of them, as a copy. */
  SortedMap<String, String> all() {
    SortedMap<String, String> all = new TreeMap<>();
    if (base == Base.HOST) {
      all.putAll(host.variables());
    }
    all.putAll(own);
    return all;
  }

  /** Those that are not the host's, as C sees them. */
  List<byte[]> ownTexts() {
    List<byte[]> texts = new ArrayList<>(own.size());
    for (Map.Entry<String, String> variable : own.entrySet()) {
      texts.add(CString.bytes(variable.getKey() + "=" + variable.getValue()));
    }
    return texts;
  }

  /** How many bytes the host's have at most. */
  long hostBytes() {
    return base == Base.HOST ? host.bytes() : 0;
  }

  /** Those of the host that are not replaced, as C sees them. */
  SharedTexts.Selection hostTexts() {
    BitSet left = new BitSet();
    if (base == Base.NOTHING) {
      left.set(0, host.variables().size());
    } else {
      for (String name : own.keySet()) {
        int place = host.place(name);
        if (place >= 0) {
          left.set(place);
        }
      }
    }
    return host.texts().without(left);
  }

  /** Names only. */
  @Override
  public String toString() {
    return "ChildEnvironment" + all().keySet();
  }
}
