package org.jsupervisor.jmx.remote;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import javax.management.remote.JMXAuthenticator;
import javax.management.remote.JMXPrincipal;
import javax.security.auth.Subject;
import org.jspecify.annotations.Nullable;
import org.jsupervisor.jmx.Role;

/**
 * Lets in who knows a password. One attempt at a time: each takes a tenth of a second or more of
 * processor time, so guessing is slow however many connections are tried.
 */
final class Doorkeeper implements JMXAuthenticator {
  private static final String REFUSED = "access refused";
  private static final long WAIT_SECONDS_MAX = 10;

  private final Accounts accounts;
  private final Audit audit;
  private final ReentrantLock oneAtATime = new ReentrantLock(true);

  Doorkeeper(Accounts accounts, Audit audit) {
    this.accounts = accounts;
    this.audit = audit;
  }

  /** The role is a public credential of the subject. */
  @Override
  public Subject authenticate(@Nullable Object credentials) {
    long begin = System.nanoTime();
    String[] words = words(credentials);
    Optional<Role> role =
        words.length == 2 ? role(words[0], words[1].toCharArray()) : Optional.empty();
    String who = words.length == 2 ? words[0] : "nobody";
    tell(Audit.plain(who), role, words.length == 2 ? "" : "no name and password", begin);
    return new Subject(
        true,
        Set.of(new JMXPrincipal(who)),
        Set.of(role.orElseThrow(() -> new SecurityException(REFUSED))),
        Set.of());
  }

  /** A name and a password; nothing if there is anything else. */
  private static String[] words(@Nullable Object credentials) {
    return credentials instanceof String[] words
            && words.length == 2
            && words[0] != null
            && words[1] != null
        ? words
        : new String[0];
  }

  private Optional<Role> role(String name, char[] password) {
    try {
      if (!oneAtATime.tryLock(WAIT_SECONDS_MAX, TimeUnit.SECONDS)) {
        return Optional.empty();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
    try {
      return accounts.role(name, password);
    } finally {
      oneAtATime.unlock();
      Arrays.fill(password, '\0');
    }
  }

  private void tell(String who, Optional<Role> role, String detail, long begin) {
    audit.tell(
        new AuditEvent(
            Instant.now(),
            who,
            role,
            "connect",
            "",
            OptionalLong.empty(),
            role.isPresent() ? AuditEvent.Outcome.DONE : AuditEvent.Outcome.DENIED,
            detail,
            Duration.ofNanos(System.nanoTime() - begin)));
  }
}
