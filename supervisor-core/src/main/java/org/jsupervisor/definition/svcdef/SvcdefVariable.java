package org.jsupervisor.definition.svcdef;

import java.util.Arrays;
import java.util.List;
import org.jsupervisor.definition.Treatment;
import org.jsupervisor.definition.directory.KnownFile;

/**
 * Every variable to which the scripts of the format give a meaning. Each one, and any other, is
 * also in the environment of the daemon, as it is under those scripts.
 */
enum SvcdefVariable {
  /** The program. */
  DAEMON(Treatment.HONOURED),
  /** Its arguments. */
  DAEMONOPTS(Treatment.HONOURED),
  /** Programs in front of it, each of which executes the next. */
  PRELAUNCH(Treatment.HONOURED),
  /** The program of a getty, where there is no {@link #DAEMON}. */
  GETTY(Treatment.HONOURED),
  GETTYOPTS(Treatment.HONOURED),
  TTY(Treatment.HONOURED),
  SECONDARYOPTS(Treatment.HONOURED),
  /** Who gets the run-state directory and the FIFO. */
  T_UID(Treatment.HONOURED),
  T_GID(Treatment.HONOURED),
  STATEDIR(Treatment.HONOURED),
  FIFO(Treatment.HONOURED),
  PATH(Treatment.HONOURED),
  /** Whose arguments {@code finish} gets. */
  FRAMEWORK(Treatment.HONOURED),
  NEEDS_ENABLED(Treatment.REPORTED),
  /** Read by the templates of loggers, which are executed. */
  LOGDIR(Treatment.PASSED_OVER),
  TOOLCMD(Treatment.PASSED_OVER),
  TOOLCHECK(Treatment.PASSED_OVER),
  TOOLSTAT(Treatment.PASSED_OVER),
  CMDUP(Treatment.PASSED_OVER),
  CMDDOWN(Treatment.PASSED_OVER),
  CMDONCE(Treatment.PASSED_OVER),
  CMDCHECK(Treatment.PASSED_OVER),
  CMDPAUSE(Treatment.PASSED_OVER),
  CMDCONT(Treatment.PASSED_OVER),
  CMDHUP(Treatment.PASSED_OVER),
  CMDALRM(Treatment.PASSED_OVER),
  CMDINT(Treatment.PASSED_OVER),
  CMDTERM(Treatment.PASSED_OVER),
  CMDKILL(Treatment.PASSED_OVER),
  CMDEXIT(Treatment.PASSED_OVER);

  private final Treatment treatment;

  SvcdefVariable(Treatment treatment) {
    this.treatment = treatment;
  }

  Treatment treatment() {
    return treatment;
  }

  /** The rows of the format's table, behind those of the files. */
  static List<KnownFile<String>> rows() {
    return Arrays.stream(values())
        .map(each -> SvcdefFiles.as(each.treatment, each.name()))
        .toList();
  }
}
