package org.jsupervisor.jmx.remote;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jsupervisor.jmx.Role;
import org.jsupervisor.spec.InvalidSpecException;
import org.jsupervisor.spec.SpecProblem;

/**
 * Who may connect, in which role. Read from a file that nobody but its owner can read, a line for
 * each: {@code NAME ROLE HASH}, where the role is {@code observe}, {@code operate} or {@code
 * define}, and the hash is what {@link #line} makes. Blank lines and lines that begin with {@code
 * #} mean nothing. Immutable; a changed file is in force for the next connector.
 */
public final class Accounts {
  /** The most accounts of a file. */
  public static final int ACCOUNTS_MAX = 1_000;

  private static final int FILE_BYTES_MAX = 1 << 20;
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._@-]{1,64}");
  private static final Pattern BLANKS = Pattern.compile("[ \t]+");
  private static final Path OWN_PROCESS = Path.of("/proc/self");
  private static final Set<PosixFilePermission> OWNERS =
      Set.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);

  private final Map<String, Account> byName;
  // For names that there are not, so that they take as long as those that there are.
  private final PasswordHash nobody = PasswordHash.of(new char[] {'x'});

  private record Account(Role role, PasswordHash hash) {}

  private Accounts(Map<String, Account> byName) {
    this.byName = Map.copyOf(byName);
  }

  /**
   * Reads the file.
   *
   * @throws InvalidSpecException with all that is wrong: with its lines, its mode (0600 or 0400),
   *     or its owner (this user or root)
   * @throws IOException if it cannot be read
   */
  public static Accounts read(Path file) throws IOException {
    List<SpecProblem> problems = new ArrayList<>(distrust(file));
    Map<String, Account> byName = new LinkedHashMap<>();
    if (problems.isEmpty()) {
      List<String> lines = Files.readAllLines(file, StandardCharsets.UTF_8);
      for (int n = 0; n < lines.size(); n++) {
        String line = lines.get(n).strip();
        if (!line.isEmpty() && !line.startsWith("#")) {
          add(file + ":" + (n + 1), BLANKS.split(line), byName, problems);
        }
      }
      if (byName.size() > ACCOUNTS_MAX) {
        problems.add(problem(file, "must have at most " + ACCOUNTS_MAX + " accounts"));
      } else if (byName.isEmpty() && problems.isEmpty()) {
        problems.add(problem(file, "must have an account"));
      }
    }
    if (!problems.isEmpty()) {
      throw new InvalidSpecException(problems);
    }
    return new Accounts(byName);
  }

  private static List<SpecProblem> distrust(Path file) throws IOException {
    PosixFileAttributes found =
        Files.readAttributes(file, PosixFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
    List<SpecProblem> problems = new ArrayList<>();
    if (!found.isRegularFile()) {
      problems.add(problem(file, "must be a regular file, and no link"));
    }
    if (!OWNERS.containsAll(found.permissions())) {
      String mode = PosixFilePermissions.toString(found.permissions());
      problems.add(
          new SpecProblem(file.toString(), mode, "must be for its owner only (0600 or 0400)"));
    }
    if (!isTrusted(found.owner())) {
      problems.add(
          new SpecProblem(
              file.toString(), found.owner().getName(), "must be owned by this user or root"));
    }
    if (found.size() > FILE_BYTES_MAX) {
      problems.add(problem(file, "must have at most " + FILE_BYTES_MAX + " bytes"));
    }
    return problems;
  }

  private static boolean isTrusted(UserPrincipal owner) throws IOException {
    return owner.getName().equals("root")
        || (Files.exists(OWN_PROCESS)
            ? owner.equals(Files.getOwner(OWN_PROCESS))
            : owner.getName().equals(System.getProperty("user.name")));
  }

  private static void add(
      String place, String[] words, Map<String, Account> byName, List<SpecProblem> problems) {
    // The words behind the name are never repeated: somebody may have written a password there.
    if (words.length != 3) {
      problems.add(new SpecProblem(place, "", "must be NAME ROLE HASH"));
      return;
    }
    String name = words[0];
    int before = problems.size();
    if (!NAME.matcher(name).matches()) {
      problems.add(new SpecProblem(place, name, "a name must be 1 to 64 of A-Z a-z 0-9 . _ @ -"));
    }
    Optional<Role> role = Role.named(words[1]);
    if (role.isEmpty()) {
      problems.add(new SpecProblem(place, "", "the role must be observe, operate or define"));
    }
    try {
      PasswordHash hash = PasswordHash.parse(words[2]);
      if (problems.size() == before && byName.put(name, account(role, hash)) != null) {
        problems.add(new SpecProblem(place, name, "must stand only once"));
      }
    } catch (IllegalArgumentException e) {
      problems.add(new SpecProblem(place, "", "the hash " + e.getMessage()));
    }
  }

  private static Account account(Optional<Role> role, PasswordHash hash) {
    return new Account(role.orElseThrow(), hash);
  }

  private static SpecProblem problem(Path file, String rule) {
    return new SpecProblem(file.toString(), "", rule);
  }

  /**
   * A line for such a file.
   *
   * @param name 1 to 64 of {@code A-Z a-z 0-9 . _ @ -}
   * @param role what they may do
   * @param password not kept; the caller clears it
   * @throws IllegalArgumentException if the name has another form, or the password is empty
   */
  public static String line(String name, Role role, char[] password) {
    if (!NAME.matcher(name).matches()) {
      throw new IllegalArgumentException(
          "account name '" + name + "': must be 1 to 64 of A-Z a-z 0-9 . _ @ -");
    }
    if (password.length == 0) {
      throw new IllegalArgumentException("account '" + name + "': a password must not be empty");
    }
    return name + " " + role.text() + " " + PasswordHash.of(password).text();
  }

  /**
   * Their role if it is their password; for a name that there is not this takes as long as for one
   * whose hash {@link #line} has made.
   */
  Optional<Role> role(String name, char[] password) {
    Account account = byName.get(name);
    boolean matches = (account == null ? nobody : account.hash()).matches(password);
    return account != null && matches ? Optional.of(account.role()) : Optional.empty();
  }

  /** Only how many there are. */
  @Override
  public String toString() {
    return "Accounts[" + byName.size() + "]";
  }
}
