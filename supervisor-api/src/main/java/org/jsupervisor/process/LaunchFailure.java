package org.jsupervisor.process;

/**
 * Why a program could not be started. Never an exit code: there was no process.
 *
 * @param fault whose fault it is
 * @param error the name of the operating system's error, for example {@code ENOENT}
 * @param subject what the error is about: the program, its interpreter, the working directory
 * @param message one line for people, naming the thing, the value and the rule
 */
public record LaunchFailure(LaunchFault fault, String error, String subject, String message) {
  @Override
  public String toString() {
    return error + ": " + message;
  }
}
