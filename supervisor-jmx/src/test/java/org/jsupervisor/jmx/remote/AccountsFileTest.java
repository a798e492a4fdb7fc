package org.jsupervisor.jmx.remote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.jsupervisor.jmx.Role;
import org.jsupervisor.spec.InvalidSpecException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The file of names, roles and hashes. */
class AccountsFileTest {
  private static final char[] PASSWORD = "s3cret word".toCharArray();

  @TempDir Path directory;

  private Path file(String mode, String... lines) throws IOException {
    Path file = Files.writeString(directory.resolve("accounts"), String.join("\n", lines));
    return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(mode));
  }

  @Test
  void line_isReadBack_andOnlyThatPasswordMatches() throws IOException {
    String line = Accounts.line("olga", Role.OPERATE, PASSWORD.clone());
    Accounts accounts = Accounts.read(file("r--------", "# people", "", "  " + line));

    assertThat(accounts.role("olga", PASSWORD.clone())).contains(Role.OPERATE);
    assertThat(accounts.role("olga", "s3cret".toCharArray())).isEmpty();
    assertThat(accounts.role("Olga", PASSWORD.clone())).isEmpty();
    assertThat(accounts.role("dora", "x".toCharArray())).as("the hash of nobody").isEmpty();
    assertThat(line).doesNotContain("s3cret");
    assertThat(accounts).hasToString("Accounts[1]");
  }

  @Test
  void twoLinesForOnePassword_haveDifferentHashes() {
    assertThat(Accounts.line("a", Role.DEFINE, PASSWORD.clone()))
        .isNotEqualTo(Accounts.line("a", Role.DEFINE, PASSWORD.clone()));
  }

  @Test
  void allProblems_areToldAtOnce_withTheirLines_andNoSecret() throws IOException {
    String good = Accounts.line("olga", Role.OPERATE, PASSWORD.clone());
    String hash = good.substring(good.lastIndexOf(' ') + 1);
    Path file =
        file(
            "rw-------",
            good,
            "dora define plain-s3cret",
            "only-a-name",
            "a/b operate " + hash,
            "carl king " + hash,
            good,
            "weak observe " + hash.replace("$210000$", "$1000$"));

    InvalidSpecException refusal =
        catchThrowableOfType(InvalidSpecException.class, () -> Accounts.read(file));

    assertThat(refusal.problems())
        .extracting(problem -> problem.path().replaceFirst(".*:", "") + ": " + problem.rule())
        .containsExactly(
            "2: the hash must be pbkdf2-sha512$ITERATIONS$SALT$HASH",
            "3: must be NAME ROLE HASH",
            "4: a name must be 1 to 64 of A-Z a-z 0-9 . _ @ -",
            "5: the role must be observe, operate or define",
            "6: must stand only once",
            "7: the hash must have 100000 to 10000000 iterations");
    assertThat(refusal.getMessage()).doesNotContain("s3cret").doesNotContain(hash);
  }

  @Test
  void f54_fileThatOthersCanRead_orALink_orAnEmptyOne_isRefused() throws IOException {
    String line = Accounts.line("olga", Role.OPERATE, PASSWORD.clone());
    assertThatThrownBy(() -> Accounts.read(file("rw-r-----", line)))
        .isInstanceOf(InvalidSpecException.class)
        .hasMessageContaining("must be for its owner only (0600 or 0400)");
    Path link = Files.createSymbolicLink(directory.resolve("link"), file("rw-------", line));
    assertThatThrownBy(() -> Accounts.read(link)).hasMessageContaining("no link");
    assertThatThrownBy(() -> Accounts.read(file("rw-------", "# nobody")))
        .hasMessageContaining("must have an account");
    assertThatThrownBy(() -> Accounts.read(directory.resolve("none")))
        .isInstanceOf(IOException.class);
  }

  @Test
  void accountWithoutPassword_orWithAnotherName_isNotMade() {
    assertThatThrownBy(() -> Accounts.line("a", Role.DEFINE, new char[0]))
        .hasMessageContaining("must not be empty");
    assertThatThrownBy(() -> Accounts.line("a b", Role.DEFINE, PASSWORD))
        .hasMessageContaining("must be 1 to 64");
  }
}
