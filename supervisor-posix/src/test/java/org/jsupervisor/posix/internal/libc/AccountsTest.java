package org.jsupervisor.posix.internal.libc;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** The database of users and groups, as this host has it. */
@EnabledOnOs(OS.LINUX)
class AccountsTest {
  private final Accounts accounts = Accounts.load();

  @Test
  void usersOfTheFile_areFoundByNameAndNumber() throws Exception {
    int seen = 0;
    for (String line : Files.readAllLines(Path.of("/etc/passwd"))) {
      List<String> fields = List.of(line.split(":", -1));
      int uid = Integer.parseInt(fields.get(2));
      int gid = Integer.parseInt(fields.get(3));

      assertThat(accounts.user(fields.get(0)))
          .contains(new Accounts.Account(fields.get(0), uid, gid, fields.get(5), fields.get(6)));
      assertThat(accounts.user(uid).orElseThrow().uid()).isEqualTo(uid);
      seen++;
    }
    assertThat(seen).isPositive();
  }

  @Test
  void groupsOfTheFile_areFound() throws Exception {
    for (String line : Files.readAllLines(Path.of("/etc/group"))) {
      List<String> fields = List.of(line.split(":", -1));
      int gid = Integer.parseInt(fields.get(2));

      assertThat(accounts.group(fields.get(0))).hasValue(gid);
      for (String member : fields.get(3).split(",", -1)) {
        if (!member.isEmpty()) {
          assertThat(accounts.groupsOf(member, 12345)).contains(gid, 12345);
        }
      }
    }
  }

  @Test
  void unknownOnes_areEmpty() throws Exception {
    assertThat(accounts.user("nobody-here")).isEmpty();
    assertThat(accounts.user(54321)).isEmpty();
    assertThat(accounts.group("no-such-group")).isEmpty();
    assertThat(accounts.groupsOf("nobody-here", 7)).containsExactly(7);
  }
}
