package org.jsupervisor.spec;

import java.util.Locale;

/**
 * Something that is done for one run before its program is executed: by the host just before it
 * starts the process, or in the new process by a small program that does it and then executes the
 * next one (chain loading).
 *
 * <p>The order of application is that of {@link Kind}, whatever the order in the spec; steps of one
 * kind keep theirs. So a spec cannot give its privileges away before it needs them. If a step
 * cannot be done, the program is not run.
 *
 * <p>All steps are immutable values. Paths are absolute and those of the host.
 */
public sealed interface LaunchStep permits FileStep, ResourceStep, PrivilegeStep, ProgramStep {
  /** The kinds, in the order in which they are applied. */
  enum Kind {
    /** {@link FileStep.EnvironmentDirectory}; by the host. */
    ENVIRONMENT_DIRECTORY,
    /** {@link FileStep.RunDirectory}; by the host. */
    RUN_DIRECTORY,
    /** {@link FileStep.Fifo}; by the host. */
    FIFO,
    /** {@link FileStep.Redirect}; opened by the host, so with its rights. */
    REDIRECT,
    /** {@link ResourceStep.Cgroup}. */
    CGROUP,
    /** {@link ResourceStep.Umask}. */
    UMASK,
    /** {@link FileStep.Lock}. */
    LOCK,
    /** {@link ResourceStep.Nice}. */
    NICE,
    /** {@link ResourceStep.IoScheduling}. */
    IO_SCHEDULING,
    /** {@link ResourceStep.CpuScheduling}. */
    CPU_SCHEDULING,
    /** {@link ResourceStep.CpuAffinity}. */
    CPU_AFFINITY,
    /** {@link ResourceStep.Limit}. */
    LIMIT,
    /** {@link PrivilegeStep.Chroot}. */
    CHROOT,
    /** {@link PrivilegeStep.User}. */
    USER,
    /** {@link PrivilegeStep.Capabilities}. */
    CAPABILITIES,
    /** {@link PrivilegeStep.NoNewPrivileges}. */
    NO_NEW_PRIVILEGES,
    /** {@link ProgramStep.ParentDeath}. */
    PARENT_DEATH,
    /** {@link ProgramStep.PreLaunch}. */
    PRE_LAUNCH,
    /** {@link ProgramStep.ArgumentZero}. */
    ARGUMENT_ZERO;

    /** As messages name it, for example {@code no-new-privileges}. */
    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }

  /** What it is, and so when it is applied. */
  Kind kind();
}
