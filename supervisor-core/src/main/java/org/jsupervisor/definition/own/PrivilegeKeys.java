package org.jsupervisor.definition.own;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.jsupervisor.process.Signal;
import org.jsupervisor.spec.LaunchStep;
import org.jsupervisor.spec.PrivilegeStep;
import org.jsupervisor.spec.ProgramStep;
import org.jsupervisor.spec.UserVariables;

/** The keys of a service file that take something away which the host may do. */
final class PrivilegeKeys {
  private static final Map<String, Boolean> SWITCH = Map.of("yes", true, "no", false);
  private static final Map<String, UserVariables> VARIABLES =
      Map.of("account", UserVariables.OF_ACCOUNT, "unchanged", UserVariables.UNCHANGED);
  private static final String NONE = "none";

  private final ServiceProperties properties;
  private final Path directory;

  PrivilegeKeys(ServiceProperties properties, Path directory) {
    this.properties = properties;
    this.directory = directory;
  }

  void addTo(List<LaunchStep> steps) {
    StepKeys.path(properties, ServiceKey.CHROOT, directory)
        .flatMap(root -> properties.build(() -> new PrivilegeStep.Chroot(root), ServiceKey.CHROOT))
        .ifPresent(steps::add);
    user().ifPresent(steps::add);
    capabilities().ifPresent(steps::add);
    if (properties.choice(ServiceKey.NO_NEW_PRIVILEGES, SWITCH).orElse(false)) {
      steps.add(new PrivilegeStep.NoNewPrivileges());
    }
    properties
        .text(ServiceKey.PARENT_DEATH)
        .flatMap(
            name ->
                properties.build(
                    () -> new ProgramStep.ParentDeath(Signal.parse(name)), ServiceKey.PARENT_DEATH))
        .ifPresent(steps::add);
  }

  private Optional<LaunchStep> user() {
    Optional<String> user = properties.text(ServiceKey.USER);
    if (user.isEmpty()) {
      properties.refuse(
          "needs user", ServiceKey.USER_GROUP, ServiceKey.USER_GROUPS, ServiceKey.USER_VARIABLES);
      return Optional.empty();
    }
    Optional<String> group = properties.text(ServiceKey.USER_GROUP);
    Optional<List<String>> groups = groups();
    UserVariables variables =
        properties.choice(ServiceKey.USER_VARIABLES, VARIABLES).orElse(UserVariables.OF_ACCOUNT);
    return properties.build(
        () -> new PrivilegeStep.User(user.get(), group, groups, variables), ServiceKey.USER);
  }

  private Optional<List<String>> groups() {
    return properties.repeated(ServiceKey.USER_GROUPS).isEmpty()
        ? Optional.empty()
        : Optional.of(words(ServiceKey.USER_GROUPS));
  }

  /** Names, or the one word that says that there are none. */
  private List<String> words(ServiceKey key) {
    List<String> words = properties.words(key);
    return words.equals(List.of(NONE)) ? List.of() : words;
  }

  private Optional<LaunchStep> capabilities() {
    List<Entry> entries = properties.repeated(ServiceKey.CAPABILITIES);
    if (entries.isEmpty()) {
      properties.refuse("needs capabilities", ServiceKey.CAPABILITIES_AMBIENT);
      return Optional.empty();
    }
    TreeSet<String> bounding = new TreeSet<>(words(ServiceKey.CAPABILITIES));
    TreeSet<String> ambient = new TreeSet<>(words(ServiceKey.CAPABILITIES_AMBIENT));
    return properties
        .findings()
        .attempt(
            properties.place(entries.get(0)),
            entries.get(0).written(),
            () -> new PrivilegeStep.Capabilities(bounding, ambient));
  }
}
