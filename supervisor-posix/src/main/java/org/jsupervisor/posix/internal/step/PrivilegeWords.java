package org.jsupervisor.posix.internal.step;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import org.jsupervisor.spec.PrivilegeStep;

/**
 * Changes of user and root, as tools are told of them. Users are numbers wherever a tool takes
 * numbers: a name could be looked up in another place, or a second later.
 */
final class PrivilegeWords {
  private PrivilegeWords() {}

  static List<String> setpriv(Privileges asked) {
    List<String> words = new ArrayList<>();
    asked.ids().ifPresent(ids -> words.addAll(setprivUser(ids)));
    asked.capabilities().ifPresent(kept -> words.addAll(setprivCapabilities(kept)));
    asked.noNew().ifPresent(step -> words.add("--no-new-privs"));
    asked.parentDeath().ifPresent(signal -> words.add("--pdeathsig=" + signal.name()));
    words.add("--");
    return words;
  }

  private static List<String> setprivUser(Ids ids) {
    String groups = ids.groups().isEmpty() ? "--clear-groups" : "--groups=" + ids.groups(",");
    return List.of("--reuid=" + ids.uid(), "--regid=" + ids.gid(), groups);
  }

  private static List<String> setprivCapabilities(PrivilegeStep.Capabilities kept) {
    return List.of(
        "--bounding-set=" + only(kept.bounding()),
        "--inh-caps=" + only(kept.ambient()),
        "--ambient-caps=" + only(kept.ambient()));
  }

  private static String only(SortedSet<String> names) {
    StringBuilder text = new StringBuilder("-all");
    names.forEach(name -> text.append(",+").append(name));
    return text.toString();
  }

  static Optional<List<String>> chpst(Privileges asked) {
    return asked.isUserOnly()
        ? asked.ids().map(ids -> List.of("-u", chpstUser(ids), "--"))
        : Optional.empty();
  }

  private static String chpstUser(Ids ids) {
    String groups = ids.groups().isEmpty() ? "" : ":" + ids.groups(":");
    return ":" + ids.uid() + ":" + ids.gid() + groups;
  }

  static Optional<List<String>> s6(Privileges asked) {
    if (!asked.isUserOnly()) {
      return Optional.empty();
    }
    return asked
        .ids()
        .map(
            ids ->
                List.of("-u", "" + ids.uid(), "-g", "" + ids.gid(), "-G", ids.groups(","), "--"));
  }

  /**
   * For tools that take a name, look it up themselves, and give no supplementary groups: right only
   * if there are none.
   */
  static Optional<List<String>> account(Privileges asked) {
    if (!asked.isUserOnly()) {
      return Optional.empty();
    }
    return asked
        .ids()
        .filter(ids -> ids.groups().isEmpty())
        .flatMap(Ids::account)
        .map(name -> List.of(name));
  }

  /** Coreutils': always works in the new root itself. */
  static Optional<List<String>> chroot(NewRoot asked) {
    if (!asked.directory().equals("/")) {
      return Optional.empty();
    }
    List<String> words = new ArrayList<>();
    asked
        .ids()
        .ifPresent(
            ids -> {
              // The plus forbids a look-up inside the new root.
              words.add("--userspec=+" + ids.uid() + ":+" + ids.gid());
              words.add("--groups=" + ids.groups(","));
            });
    words.add("--");
    words.add(asked.root());
    return Optional.of(words);
  }

  /** Util-linux's, which here unshares nothing; it always takes all supplementary groups away. */
  static Optional<List<String>> unshare(NewRoot asked) {
    if (asked.ids().isPresent() && !asked.ids().get().groups().isEmpty()) {
      return Optional.empty();
    }
    List<String> words = new ArrayList<>();
    words.add("--root=" + asked.root());
    words.add("--wd=" + asked.directory());
    asked
        .ids()
        .ifPresent(
            ids -> {
              words.add("--setgid=" + ids.gid());
              words.add("--setuid=" + ids.uid());
            });
    words.add("--");
    return Optional.of(words);
  }

  static Optional<List<String>> chpstRoot(NewRoot asked) {
    if (!asked.directory().equals("/")) {
      return Optional.empty();
    }
    List<String> words = new ArrayList<>(List.of("-/", asked.root()));
    asked.ids().ifPresent(ids -> words.addAll(List.of("-u", chpstUser(ids))));
    words.add("--");
    return Optional.of(words);
  }
}
